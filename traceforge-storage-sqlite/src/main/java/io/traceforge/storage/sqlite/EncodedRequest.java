package io.traceforge.storage.sqlite;

import org.jspecify.annotations.Nullable;

/**
 * What of a request goes into its trace's row instead of its large values.
 *
 * @param headers the headers as text, or the number of their part
 * @param body the body, or {@code null} if there is none
 * @param fingerprint the same for equal requests
 */
record EncodedRequest(String headers, @Nullable Kept body, String fingerprint) {}
