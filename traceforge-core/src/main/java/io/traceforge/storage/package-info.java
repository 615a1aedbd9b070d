/**
 * Where traces are kept: the {@link io.traceforge.storage.StorageBackend} interface, how backends
 * are found, and the backend that keeps everything in memory.
 */
@NullMarked
package io.traceforge.storage;

import org.jspecify.annotations.NullMarked;
