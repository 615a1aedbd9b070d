package io.traceforge.viewer;

import io.traceforge.pricing.PriceBook;
import io.traceforge.storage.StorageBackend;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was asked for on the command line. */
final class CommandLine {
  static final String HELP =
      """
      Usage: java -jar traceforge-viewer-VERSION-all.jar STORAGE [OPTION...]

        STORAGE              what to show, such as sqlite:traces.db
        --port PORT          listen at this port (default 7007; 0 means any free one)
        --session ID         print the URL of this session
        --open               open the URL in a browser
        --address ADDRESS    listen there and not on this machine alone; needs a token
        --token TOKEN        ask for this token, 16 to 256 characters
        --prices FILE        compute costs by these prices before the shipped ones
        --help               print this
      """;

  private static final int PORT = 7007;
  private @Nullable String storage;
  private @Nullable String session;
  private @Nullable String address;
  private @Nullable String token;
  private @Nullable String prices;
  private int port = PORT;
  private boolean open;
  private boolean help;

  private CommandLine() {}

  static CommandLine parse(String... args) {
    CommandLine line = new CommandLine();
    Deque<String> words = new ArrayDeque<>(List.of(args));
    while (!words.isEmpty()) {
      line.take(words.remove(), words);
    }
    if (line.storage == null && !line.help) {
      throw new IllegalArgumentException("STORAGE: expected a URL such as sqlite:traces.db");
    }
    return line;
  }

  private void take(String word, Deque<String> rest) {
    switch (word) {
      case "--help", "-h" -> help = true;
      case "--port" -> port = number(word, value(word, rest));
      case "--open" -> open = true;
      case "--session" -> session = value(word, rest);
      case "--address" -> address = value(word, rest);
      case "--token" -> token = value(word, rest);
      case "--prices" -> prices = value(word, rest);
      default -> takeStorage(word);
    }
  }

  private void takeStorage(String word) {
    if (word.startsWith("-") || storage != null) {
      throw new IllegalArgumentException(word + ": this is no option");
    }
    storage = word;
  }

  private static String value(String option, Deque<String> rest) {
    if (rest.isEmpty()) {
      throw new IllegalArgumentException(option + ": expected a value after it");
    }
    return rest.remove();
  }

  private static int number(String option, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException noNumber) {
      throw new IllegalArgumentException(option + ": expected a number, got " + value, noNumber);
    }
  }

  TraceForgeViewer.Builder viewerOf(StorageBackend backend) {
    TraceForgeViewer.Builder builder = TraceForgeViewer.builder(backend).port(port);
    if (address != null) {
      builder.address(address);
    }
    if (token != null) {
      builder.token(token);
    }
    if (prices != null) {
      builder.prices(PriceBook.standard().with(PriceBook.load(Path.of(prices))));
    }
    return builder;
  }

  String storage() {
    return storage == null ? "" : storage;
  }

  @Nullable String session() {
    return session;
  }

  boolean open() {
    return open;
  }

  boolean help() {
    return help;
  }
}
