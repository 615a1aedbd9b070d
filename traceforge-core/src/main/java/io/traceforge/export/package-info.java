/**
 * Traces as files: {@link io.traceforge.export.TraceExport} writes JSONL, one trace a line, and
 * {@link io.traceforge.export.TraceImport} reads it into any storage backend. A line is what {@link
 * io.traceforge.trace.TraceJson} makes of a trace.
 *
 * <pre>{@code
 * TraceExport.session(traceForge.storage(), sessionId).to(Path.of("flight-booking.jsonl"));
 *
 * TraceImport.into(other.storage()).from(Path.of("flight-booking.jsonl"));
 * }</pre>
 */
@NullMarked
package io.traceforge.export;

import org.jspecify.annotations.NullMarked;
