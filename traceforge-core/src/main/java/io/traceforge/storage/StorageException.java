package io.traceforge.storage;

/** A storage backend could not do what was asked. The cause, where there is one, says why. */
public class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception without a cause. */
  public StorageException(String message) {
    super(message);
  }

  /** Creates an exception with the engine's own exception as its cause. */
  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
