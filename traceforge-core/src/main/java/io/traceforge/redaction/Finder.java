package io.traceforge.redaction;

/** Finds what is to be taken out of a text. */
@FunctionalInterface
interface Finder {
  /**
   * Returns what was found.
   *
   * @param cut whether the text may be cut off at its end, so that a secret may be there in part
   */
  Spans find(String text, boolean cut);
}
