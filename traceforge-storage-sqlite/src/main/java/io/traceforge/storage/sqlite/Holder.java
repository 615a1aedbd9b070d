package io.traceforge.storage.sqlite;

/**
 * Who holds a part.
 *
 * @param number a session's number; for a trace of no session, its own number, negative
 * @param trace the number of the trace with which the part came
 */
record Holder(long number, long trace) {}
