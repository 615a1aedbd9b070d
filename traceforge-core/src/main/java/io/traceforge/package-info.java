/**
 * Sessions: {@link io.traceforge.TraceForge} records what a program's sessions do, {@link
 * io.traceforge.SessionTracker} says where in a session the program is.
 *
 * <p>Everything here is safe to share between threads.
 */
@NullMarked
package io.traceforge;

import org.jspecify.annotations.NullMarked;
