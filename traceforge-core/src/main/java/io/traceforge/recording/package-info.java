/**
 * The way of a call from the caller's thread to the storage backend. A client adapter gets a {@link
 * io.traceforge.recording.CallRecording} from {@link io.traceforge.adapter.ClientCalls} and tells
 * it what it sees; everything else happens on one writer thread.
 *
 * <p>{@link io.traceforge.recording.Recorder}, its options and {@link
 * io.traceforge.recording.SessionPosition} are for {@link io.traceforge.TraceForge} alone. They are
 * public because it lives in another package, and may change in any version.
 */
@NullMarked
package io.traceforge.recording;

import org.jspecify.annotations.NullMarked;
