package io.traceforge.storage.sqlite;

import org.jspecify.annotations.Nullable;

/**
 * What of a trace goes into its row instead of its large values.
 *
 * @param state the state as text, or the number of its part
 */
record EncodedTrace(
    String state, EncodedRequest request, @Nullable Kept response, @Nullable Kept assembled) {}
