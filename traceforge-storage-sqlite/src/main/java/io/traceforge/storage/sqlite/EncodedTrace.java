package io.traceforge.storage.sqlite;

import org.jspecify.annotations.Nullable;

/**
 * What of a trace goes into its row instead of its large values.
 *
 * @param state the state as text, or the number of its part
 * @param requestHeaders the headers as text, or the number of their part
 * @param fingerprint the same for equal requests
 */
record EncodedTrace(
    String state,
    String requestHeaders,
    @Nullable Kept request,
    @Nullable Kept response,
    @Nullable Kept assembled,
    String fingerprint) {}
