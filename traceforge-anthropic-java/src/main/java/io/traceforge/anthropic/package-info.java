/**
 * Records the calls of the official Anthropic client for Java, {@code com.anthropic:anthropic-java}
 * 3: {@link io.traceforge.anthropic.TraceForgeAnthropic}.
 */
@NullMarked
package io.traceforge.anthropic;

import org.jspecify.annotations.NullMarked;
