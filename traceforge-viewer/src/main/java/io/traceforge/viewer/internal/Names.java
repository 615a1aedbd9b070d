package io.traceforge.viewer.internal;

import java.util.Locale;

/** Names in the API. */
final class Names {
  private Names() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
