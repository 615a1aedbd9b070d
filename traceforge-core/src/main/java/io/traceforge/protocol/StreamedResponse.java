package io.traceforge.protocol;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Puts the events of a stream together to the document that the provider would have sent without
 * streaming. For implementers of {@link JsonProtocol}; used by one thread.
 */
public abstract class StreamedResponse {
  private long firstContentEnd = -1;
  private boolean complete;

  /** For subclasses. */
  protected StreamedResponse() {}

  /** Takes the next event, which may be of any kind and shape; what is not known is passed over. */
  protected abstract void add(StreamEvent event);

  /**
   * Returns the document as far as the stream came, or {@code null} if there is nothing to be told.
   */
  protected abstract @Nullable JsonObject assembled();

  /** Tells that an event carried content: the first one that did is the first token. */
  protected final void contentIn(StreamEvent event) {
    if (firstContentEnd < 0 && !event.afterGap()) {
      firstContentEnd = event.end();
    }
  }

  /** Tells that the stream came up to its end. */
  protected final void endSeen() {
    complete = true;
  }

  /** Returns whether the stream came up to its end. */
  protected final boolean isComplete() {
    return complete;
  }

  /**
   * Returns whether the model had begun an answer to which the stream tells no finish reason,
   * though it may tell that of another one. For protocols that give several answers.
   */
  protected boolean hasUnfinishedAnswer() {
    return false;
  }

  /** Returns the index after the first event that carried content, or -1 if none did. */
  final long firstContentEnd() {
    return firstContentEnd;
  }
}
