package io.traceforge.storage;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text that was found, and the call that brought it.
 *
 * @param traceId the call's trace
 * @param sessionId its session, or {@code null} if it belongs to none
 * @param stepIndex its step in the session
 * @param startTime when the call began
 * @param snippet the part of the text around what was found; {@code …} stands for what is left out
 * @param marks where in the snippet the words stand that were looked for, in order
 */
public record SearchHit(
    String traceId,
    @Nullable String sessionId,
    int stepIndex,
    Instant startTime,
    String snippet,
    List<Mark> marks) {

  /** Copies the list. */
  public SearchHit {
    marks = List.copyOf(marks);
  }

  /**
   * A range of the snippet.
   *
   * @param start the index of its first character
   * @param end the index after its last one
   */
  public record Mark(int start, int end) {}

  /** Returns the snippet with a text before and after each mark, such as {@code "["}. */
  public String marked(String before, String after) {
    StringBuilder text = new StringBuilder();
    int done = 0;
    for (Mark mark : marks) {
      text.append(snippet, done, mark.start()).append(before);
      text.append(snippet, mark.start(), mark.end()).append(after);
      done = mark.end();
    }
    return text.append(snippet, done, snippet.length()).toString();
  }
}
