/**
 * Traces as files: {@link io.traceforge.export.TraceExport} writes JSONL, one trace a line, and
 * {@link io.traceforge.export.TraceImport} reads it into any storage backend. A line is what {@link
 * io.traceforge.trace.TraceJson} makes of a trace.
 *
 * <pre>{@code
 * Path file = Files.createTempFile("flight-booking", ".jsonl");
 * TraceExport.session(traceForge.storage(), sessionId).to(file);
 *
 * try (TraceForge other = TraceForge.open("memory:")) {
 *   TraceImport.into(other.storage()).from(file);
 * }
 * }</pre>
 */
@NullMarked
package io.traceforge.export;

import org.jspecify.annotations.NullMarked;
