/**
 * What was recorded: {@link io.traceforge.trace.Trace} (one HTTP call to a model), {@link
 * io.traceforge.trace.SessionMetadata} (the figures of a session) and {@link
 * io.traceforge.trace.SessionTimeline} (its steps, calls and attempts in order).
 *
 * <p>All types are immutable and safe to share between threads. A property that is not known is
 * {@code null} and marked {@code @Nullable}; a list that is not known is empty.
 */
@NullMarked
package io.traceforge.trace;

import org.jspecify.annotations.NullMarked;
