/**
 * What calls cost: {@link io.traceforge.pricing.PriceBook} knows the prices of models and computes
 * the {@link io.traceforge.pricing.Cost} of a trace, a step or a session when it is read.
 *
 * <p>Nothing here is stored: traces keep their tokens, and a newer price book tells their cost
 * anew. What cannot be told is unknown, never 0. All types are immutable and safe to share between
 * threads, builders aside.
 */
@NullMarked
package io.traceforge.pricing;

import org.jspecify.annotations.NullMarked;
