package io.traceforge.viewer.internal.conversation;

import org.jspecify.annotations.Nullable;

/**
 * A part of a message.
 *
 * @param kind what it is
 * @param id the id that joins a tool call and its result, if there is one
 * @param name the tool's name, if it is known
 * @param text the text; of a tool call its arguments, of an image its data URL or its place, of
 *     something else its JSON
 * @param mediaType an image's media type, if it came with the message
 */
public record Part(
    Kind kind,
    @Nullable String id,
    @Nullable String name,
    String text,
    @Nullable String mediaType) {

  /** What a part is. */
  public enum Kind {
    /** What somebody said. */
    TEXT,
    /** What a model showed of its thoughts. */
    REASONING,
    /** A tool that a model wants to be called. */
    TOOL_CALL,
    /** What a tool returned. */
    TOOL_RESULT,
    /** An image. */
    IMAGE,
    /** Anything else, as JSON. */
    OTHER
  }

  static Part text(String text) {
    return new Part(Kind.TEXT, null, null, text, null);
  }

  static Part reasoning(String text) {
    return new Part(Kind.REASONING, null, null, text, null);
  }

  static Part toolCall(@Nullable String id, @Nullable String name, String arguments) {
    return new Part(Kind.TOOL_CALL, id, name, arguments, null);
  }

  static Part toolResult(@Nullable String id, @Nullable String name, String result) {
    return new Part(Kind.TOOL_RESULT, id, name, result, null);
  }

  static Part other(String json) {
    return new Part(Kind.OTHER, null, null, json, null);
  }

  Part withName(@Nullable String name) {
    return new Part(kind, id, name, text, mediaType);
  }
}
