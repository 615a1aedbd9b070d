package io.traceforge.trace;

/** Colours for a terminal, if they were asked for. */
final class Paint {
  static final String RED = "31";
  static final String GREEN = "32";
  static final String YELLOW = "33";
  static final String CYAN = "36";
  static final String BOLD = "1";
  static final String DIM = "2";

  private final boolean on;

  Paint(boolean on) {
    this.on = on;
  }

  String in(String color, String text) {
    return on ? "\u001b[" + color + "m" + text + "\u001b[0m" : text;
  }

  static String of(TraceStatus status) {
    return switch (status) {
      case SUCCESS -> GREEN;
      case ERROR -> RED;
      case CANCELLED -> YELLOW;
      case IN_PROGRESS -> CYAN;
    };
  }

  static String of(SessionStatus status) {
    return switch (status) {
      case COMPLETED -> GREEN;
      case FAILED -> RED;
      case IN_PROGRESS -> CYAN;
    };
  }
}
