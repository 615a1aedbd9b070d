package io.traceforge.recording;

/** What happens to a call when the queue to the writer is full. */
public enum OverflowPolicy {
  /** The call is not recorded, which is counted and told in its session's metadata. */
  DROP_NEWEST,
  /** The caller's thread waits for room, at most as long as the options say; then as above. */
  BLOCK
}
