/** What recording costs the caller, beside other ways to watch OkHttp. */
@NullMarked
package io.traceforge.benchmarks;

import org.jspecify.annotations.NullMarked;
