package io.traceforge.storage;

/**
 * A storage backend can store nothing now, or not much, whatever it is given: its disk is full, its
 * file locked, its server gone. What was to be stored is as good as any, so it is kept and tried
 * again. A backend that throws a plain {@link StorageException} instead may be asked to store
 * something harmless, to find out whether it refuses this one trace alone.
 */
public class StorageUnavailableException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception without a cause. */
  public StorageUnavailableException(String message) {
    super(message);
  }

  /** Creates an exception with the engine's own exception as its cause. */
  public StorageUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
