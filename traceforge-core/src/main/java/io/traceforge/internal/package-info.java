/** What TraceForge's own packages share and nobody else may use: it may change at any time. */
@NullMarked
package io.traceforge.internal;

import org.jspecify.annotations.NullMarked;
