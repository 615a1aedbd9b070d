package io.traceforge.redaction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the strings in a text that holds JSON documents, one after the other, with anything in
 * between: a stream of events, lines of JSON, or one document. It only needs to be right where the
 * JSON is.
 */
final class JsonStrings {
  /** Members that tell to which of several things that are streamed at once a piece belongs. */
  private static final Set<String> TELLING_APART =
      Set.of("index", "output_index", "content_index", "summary_index", "item_id");

  private static final Set<String> LOG_PROBABILITIES =
      Set.of("logprobs", "logprobs_result", "logprobsResult");

  /** A string's content, from {@code start} to before {@code end}, and where it stands. */
  record Piece(int start, int end, Container in, String name) {
    /** Returns what the pieces of one text have in common. */
    String place() {
      return in.path() + "." + name;
    }
  }

  /** An object or array. Its path is asked for when all of its members are known. */
  static final class Container {
    private final @Nullable Container parent;
    private final String nameInParent;
    private final int start;
    private final StringBuilder tellingApart = new StringBuilder(0);
    private @Nullable String path;
    private String name = "";

    private Container(@Nullable Container parent, int start) {
      this.parent = parent;
      this.nameInParent = parent == null ? "" : parent.name;
      this.start = start;
    }

    private String path() {
      String known = path;
      if (known == null) {
        known = (parent == null ? "" : parent.path()) + "." + nameInParent + tellingApart;
        path = known;
      }
      return known;
    }
  }

  private final String text;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<Spans.Span> logProbabilities = new ArrayList<>();
  private final Deque<Container> open = new ArrayDeque<>();

  private JsonStrings(String text) {
    this.text = text;
  }

  static JsonStrings of(String text) {
    JsonStrings strings = new JsonStrings(text);
    strings.scan();
    return strings;
  }

  List<Piece> pieces() {
    return pieces;
  }

  /** Returns where the probabilities of tokens stand, which tell a text once more. */
  List<Spans.Span> logProbabilities() {
    return logProbabilities;
  }

  private void scan() {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '{' || c == '[') {
        open.push(new Container(open.peek(), at));
        at++;
      } else if (open.isEmpty()) {
        at++;
      } else {
        at = inside(c, at);
      }
    }
  }

  private int inside(char c, int at) {
    switch (c) {
      case '}', ']' -> close(at + 1);
      case '"' -> {
        return string(at + 1);
      }
      case 'd' -> resynchronise(at);
      default -> {
        if (c >= '0' && c <= '9') {
          return number(at);
        }
      }
    }
    return at + 1;
  }

  /** A new event begins: whatever is open was cut short. */
  private void resynchronise(int at) {
    if (at > 0 && text.charAt(at - 1) == '\n' && text.startsWith("data:", at)) {
      open.clear();
    }
  }

  private void close(int end) {
    Container closed = open.pop();
    if (LOG_PROBABILITIES.contains(closed.nameInParent)) {
      logProbabilities.add(new Spans.Span(closed.start, end, "null"));
    }
  }

  private int number(int start) {
    int end = CharClass.DIGITS.endOfRun(text, start);
    tellApart(text.substring(start, end));
    return end;
  }

  private int string(int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\n') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    end = Math.min(end, text.length());
    int next = Chars.skipBlanks(text, end + 1);
    Container container = open.element();
    if (next < text.length() && text.charAt(next) == ':') {
      container.name = text.substring(start, end);
      return next + 1;
    }
    pieces.add(new Piece(start, end, container, container.name));
    tellApart(text.substring(start, Math.min(end, start + 64)));
    return end + 1;
  }

  private void tellApart(String value) {
    Container container = open.element();
    if (TELLING_APART.contains(container.name)) {
      container.tellingApart.append('[').append(container.name).append(value).append(']');
    }
  }
}
