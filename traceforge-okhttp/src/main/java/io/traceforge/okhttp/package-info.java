/**
 * Records the calls of an {@code OkHttpClient}, version 4.12 or 5: {@link
 * io.traceforge.okhttp.TraceForgeOkHttp}.
 */
@NullMarked
package io.traceforge.okhttp;

import org.jspecify.annotations.NullMarked;
