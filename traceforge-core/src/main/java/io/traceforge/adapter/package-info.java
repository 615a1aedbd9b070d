/**
 * For adapters that record the calls of an HTTP client: what they all do alike. {@link
 * io.traceforge.adapter.ClientCalls} begins the recording of a call, {@link
 * io.traceforge.adapter.ClientCall} is told what becomes of it. An adapter that counts and copies
 * bytes in buffers of its own tells a {@link io.traceforge.recording.CallRecording} instead.
 *
 * <p>Nothing here throws into the client or holds it up.
 */
@NullMarked
package io.traceforge.adapter;

import org.jspecify.annotations.NullMarked;
