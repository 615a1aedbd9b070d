/** What differs between two sessions: {@link io.traceforge.comparison.SessionComparison}. */
@NullMarked
package io.traceforge.comparison;

import org.jspecify.annotations.NullMarked;
