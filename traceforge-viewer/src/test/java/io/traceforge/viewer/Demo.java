package io.traceforge.viewer;

import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.Trace;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;

/** Sessions to look at. */
final class Demo {
  static final Instant START = Instant.parse("2026-06-01T09:30:00Z");

  private Demo() {}

  /** Planning, a tool, a retry, parallel calls, a sub-agent, an image, a change of state. */
  static void flight(StorageBackend storage) {
    Chats chats =
        new Chats("book-a-flight-to-paris", START)
            .say("system", "You book flights. Ask before you pay; be brief.")
            .say("user", "Book me a flight to Paris on the first of June, as cheap as can be.")
            .state("user_query", "\"Book a flight to Paris\"")
            .state("budget", "{\"currency\": \"EUR\", \"limit\": 150}");
    chats.answer(
        "I will look for flights to Paris on 1 June, compare what they cost, and ask you before I"
            + " book one.",
        1840);
    chats.next().later(40).state("tool_called", "\"search_flights\"");
    chats.say("user", "Which flights go to Paris on 1 June?");
    chats.fail(429, "Rate limit reached for gpt-4o-mini", 320).later(1000);
    chats.callTool(
        "call_1", "search_flights", "{\"destination\":\"Paris\",\"date\":\"2027-06-01\"}", 910);
    String search = chats.last().id();
    chats.next().later(260).state("results_count", "5").forget("tool_called");
    chats.toolResult(
        "call_1",
        "[{\"flight\":\"TF 101\",\"departs\":\"07:15\",\"eur\":129},"
            + "{\"flight\":\"TF 109\",\"departs\":\"20:55\",\"eur\":119}]");
    chats.answer(
        "TF 109 at 20:55 is the cheapest, 119 EUR. TF 101 leaves at 07:15 for 129 EUR.", 1430);
    Chats same = chats.later(-1430).model("gpt-4o");
    same.say("user", "Is that a fair price for the season?")
        .answer("Yes; the median is 139 EUR.", 2210);
    chats.model("gpt-4o-mini").next().later(90);
    chats.state("budget", "{\"currency\": \"EUR\", \"limit\": 130}");
    chats.sayJson(
        "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Here is my seat map. Take"
            + " the window.\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,"
            + seatMap()
            + "\"}}]}");
    chats.answer("Seat 12A by the window is free on TF 109. Shall I book it for 119 EUR?", 1210);
    storage.saveTraces(chats.traces());
    storage.updateSession(
        SessionUpdate.ended("book-a-flight-to-paris", START.plusSeconds(12))
            .withFinalState(chats.state("booking", "\"TF 109, 12A\"").stood()));

    Chats child =
        new Chats("compare-prices", START.plusMillis(4200))
            .parent(search)
            .say("user", "Compare the fares of the season.")
            .model("gpt-4o-mini");
    child.answer("The median fare is 139 EUR.", 780).next().later(30);
    child.say("user", "And the cheapest?").answer("109 EUR, in May.", 540);
    storage.saveTraces(child.traces());
    storage.updateSession(SessionUpdate.ended("compare-prices", START.plusSeconds(8)));
  }

  /** Rows of seats, one of them free. */
  private static String seatMap() {
    BufferedImage image = new BufferedImage(320, 96, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(new Color(0xF4F5F8));
    pen.fillRect(0, 0, image.getWidth(), image.getHeight());
    for (int row = 0; row < 12; row++) {
      for (int seat = 0; seat < 3; seat++) {
        pen.setColor(new Color(row == 11 && seat == 0 ? 0x3F9C8A : 0xB9BECB));
        pen.fillRoundRect(14 + row * 25, 14 + seat * 25, 18, 18, 6, 6);
      }
    }
    pen.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Base64.getEncoder().encodeToString(png.toByteArray());
  }

  /** A session of many steps, a few of them with errors. */
  static void longSession(StorageBackend storage, int steps) {
    Chats chats =
        new Chats("nightly-report", START.minusSeconds(900)).say("user", "Write the report.");
    for (int i = 0; i < steps; i++) {
      chats.at(i).later(30).say("user", "Section " + i + ", please.");
      if (i % 17 == 5) {
        chats.fail(503, "The server is overloaded", 200).later(100);
      }
      chats.answer("Section " + i + " tells how the figures came about.", 300 + (i * 37L) % 900);
    }
    storage.saveTraces(chats.traces());
    storage.updateSession(SessionUpdate.ended("nightly-report", START));
  }

  /** Short sessions, so that a list has pages. */
  static void many(StorageBackend storage, int count) {
    List<Trace> traces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = "support-" + String.format("%05d", i);
      Chats chats =
          new Chats(id, START.minusSeconds(3600L + 60L * i))
              .model(i % 5 == 0 ? "gpt-4o" : "gpt-4o-mini")
              .say("user", "Question " + i + " about an invoice");
      chats.answer("Answer " + i, 200 + i % 700).next().later(200);
      if (i % 9 == 4) {
        chats.fail(500, "The model is not available", 150);
      } else {
        chats.say("user", "Thank you").answer("With pleasure.", 150 + i % 300);
      }
      traces.addAll(chats.traces());
    }
    storage.saveTraces(traces);
    for (int i = 0; i < count; i++) {
      String id = "support-" + String.format("%05d", i);
      storage.updateSession(SessionUpdate.ended(id, START.minusSeconds(3590L + 60L * i)));
    }
  }

  /** Lets the storage bring its search index up to date. */
  static void index(StorageBackend storage) {
    boolean more = true;
    while (more) {
      more = storage.maintain();
    }
  }
}
