/**
 * Reads recorded exchanges: which provider's wire format was spoken, which model, how many tokens,
 * what a stream amounts to. A wire format is one {@link io.traceforge.protocol.LlmProtocol}.
 */
@NullMarked
package io.traceforge.protocol;

import org.jspecify.annotations.NullMarked;
