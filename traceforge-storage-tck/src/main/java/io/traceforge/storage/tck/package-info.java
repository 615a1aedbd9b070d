/**
 * The tests that every storage backend must pass: {@link
 * io.traceforge.storage.tck.StorageBackendContract}.
 */
@NullMarked
package io.traceforge.storage.tck;

import org.jspecify.annotations.NullMarked;
