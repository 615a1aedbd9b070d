package io.traceforge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseReaderTest {

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void readsEventsWithEveryLineEnd(String lineEnd) {
    String stream =
        """
        : a comment
        retry: 500
        event: greeting
        id: 7
        data: first
        data:second
        data:  third
        data

        data: é🌍

        """
            .replace("\n", lineEnd);

    List<SseEvent> events = read(stream);

    int length = Bodies.utf8(stream).length;
    int second = Bodies.utf8("data: é🌍".concat(lineEnd).concat(lineEnd)).length;
    assertThat(events)
        .containsExactly(
            new SseEvent("greeting", "first\nsecond\n third\n", "7", length - second, true),
            new SseEvent("message", "é🌍", "7", length, true));
  }

  @Test
  void mixesLineEnds() {
    assertThat(read("data: a\r\rdata: b\n\r\ndata: c\r\n\n").stream().map(SseEvent::data))
        .containsExactly("a", "b", "c");
  }

  @Test
  void passesOverByteOrderMarkOnlyAtTheBeginning() {
    assertThat(read("\uFEFFdata: a\n\n\uFEFFdata: b\n\n").stream().map(SseEvent::data))
        .containsExactly("a");
  }

  @Test
  void givesNoEventWithoutData() {
    assertThat(read("event: ping\n\n\n\n: keep-alive\n\ndata: a\n\n"))
        .containsExactly(new SseEvent("message", "a", null, 38, true));
  }

  @Test
  void ignoresIdWithNul() {
    assertThat(read("id: 1\nid: 2\0\ndata: a\n\n").get(0).id()).isEqualTo("1");
  }

  @Test
  void givesCutEventMarkedAsSuch() {
    assertThat(read("data: a\n\ndata: b\nda"))
        .containsExactly(
            new SseEvent("message", "a", null, 9, true),
            new SseEvent("message", "b", null, 19, false));
  }

  @Test
  void replacesWhatIsNotUtf8() {
    byte[] bytes = "data: a?b\n\n".getBytes(StandardCharsets.US_ASCII);
    bytes[7] = (byte) 0xFF;

    assertThat(readAll(new SseReader(bytes, 0, bytes.length)).get(0).data()).isEqualTo("a\uFFFDb");
  }

  @Test
  void leavesOutEventWithLinePastLimit() {
    String stream = "data: short\ndata: " + "x".repeat(100) + "\n\ndata: ok\n\n";
    byte[] bytes = Bodies.utf8(stream);

    SseReader reader = new SseReader(new LineReader(bytes, 0, bytes.length, 50), 50);

    assertThat(readAll(reader).stream().map(SseEvent::data)).containsExactly("ok");
  }

  @Test
  void leavesOutEventWhoseLinesTogetherPassLimit() {
    String stream = "data: 123456789\n".repeat(10) + "\ndata: ok\n\n";
    byte[] bytes = Bodies.utf8(stream);

    SseReader reader = new SseReader(new LineReader(bytes, 0, bytes.length, 50), 50);

    assertThat(readAll(reader).stream().map(SseEvent::data)).containsExactly("ok");
  }

  @Test
  void skipsRestOfEventWhoseStartIsLost() {
    byte[] bytes = Bodies.utf8("data: lost\ndata: too\r\n\r\ndata: a\n\n");
    SseReader reader = new SseReader(bytes, 3, bytes.length);

    reader.skipToBoundary();

    assertThat(readAll(reader).stream().map(SseEvent::data)).containsExactly("a");
  }

  private static List<SseEvent> read(String stream) {
    byte[] bytes = Bodies.utf8(stream);
    return readAll(new SseReader(bytes, 0, bytes.length));
  }

  private static List<SseEvent> readAll(SseReader reader) {
    List<SseEvent> events = new ArrayList<>();
    for (SseEvent event = reader.next(); event != null; event = reader.next()) {
      events.add(event);
    }
    return events;
  }
}
