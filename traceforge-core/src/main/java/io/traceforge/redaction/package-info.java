/** Takes secrets out of everything that is recorded, before any backend sees it. */
@NullMarked
package io.traceforge.redaction;

import org.jspecify.annotations.NullMarked;
