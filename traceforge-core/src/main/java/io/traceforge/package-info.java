/**
 * Sessions: {@link io.traceforge.TraceForge} records what a program's sessions do, {@link
 * io.traceforge.SessionTracker} says where in a session the program is.
 *
 * <p>Everything here is safe to share between threads, but for builders, which belong to one thread
 * at a time, and for scopes, which are closed on the thread that opened them.
 */
@NullMarked
package io.traceforge;

import org.jspecify.annotations.NullMarked;
