package io.traceforge.viewer.internal.conversation;

import java.util.List;

/**
 * What somebody said.
 *
 * @param role who: {@code system}, {@code user}, {@code assistant}, {@code tool}, or what the
 *     provider calls it
 * @param parts what, in order
 */
public record Message(String role, List<Part> parts) {

  /** Copies the list. */
  public Message {
    parts = List.copyOf(parts);
  }

  /** Returns this message without what a model showed of its thoughts. */
  Message spoken() {
    List<Part> spoken = parts.stream().filter(part -> part.kind() != Part.Kind.REASONING).toList();
    return new Message(role, spoken);
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }
}
