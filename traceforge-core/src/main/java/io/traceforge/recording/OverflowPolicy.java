package io.traceforge.recording;

/**
 * What happens to a call when the queue to the writer is full: when as many entries wait as {@link
 * RecorderOptions#queueCapacity} says. A call makes two at most, its start and its end.
 *
 * <p>Either way nothing waits for the buffer that all bodies share ({@link
 * RecorderOptions#maxBufferedBytes}): a body that finds no room in it is cut, and counted in {@link
 * RecorderStats#cutBodies}. Where bodies are large, the queue must be so short that they fit.
 */
public enum OverflowPolicy {
  /** The call is not recorded, which is counted and told in its session's metadata. */
  DROP_NEWEST,

  /**
   * The thread waits for room, at most as long as {@link RecorderOptions#blockTimeout} says; if
   * there is none by then, the call is not recorded, as with {@link #DROP_NEWEST}. That is the
   * thread which has sent the request, and later the one which reads the response to its end or
   * closes it: where OkHttp's {@code enqueue} made the call, one of its dispatcher. A virtual
   * thread that waits holds its carrier thread on Java 21 to 23.
   */
  BLOCK
}
