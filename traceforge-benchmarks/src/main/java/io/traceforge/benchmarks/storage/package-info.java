/** What keeping traces takes: time and room, beside plain SQL. */
@NullMarked
package io.traceforge.benchmarks.storage;

import org.jspecify.annotations.NullMarked;
