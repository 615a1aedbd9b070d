/**
 * The embedded default: one SQLite file that holds everything, {@link
 * io.traceforge.storage.sqlite.SqliteStorageBackend}.
 */
@NullMarked
package io.traceforge.storage.sqlite;

import org.jspecify.annotations.NullMarked;
