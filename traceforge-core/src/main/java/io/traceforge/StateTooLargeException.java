package io.traceforge;

/**
 * A value was refused because the session's state would have become larger than allowed. The state
 * stays as it was.
 */
public final class StateTooLargeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final int size;
  private final int limit;

  StateTooLargeException(String key, int size, int limit) {
    super(
        "state key \""
            + key
            + "\": the state would be "
            + size
            + " bytes of JSON, the limit is "
            + limit
            + "; store a reference instead of the object");
    this.key = key;
    this.size = size;
    this.limit = limit;
  }

  /** Returns the key whose value was refused. */
  public String key() {
    return key;
  }

  /** Returns how large the whole state would have been, in bytes of UTF-8 JSON. */
  public int size() {
    return size;
  }

  /** Returns how large the state may be, in bytes of UTF-8 JSON. */
  public int limit() {
    return limit;
  }
}
