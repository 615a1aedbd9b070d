/**
 * The way of a call from the caller's thread to the storage backend. A client adapter asks {@link
 * io.traceforge.recording.Recorder} for a {@link io.traceforge.recording.CallRecording} and tells
 * it what it sees; everything else happens on one writer thread.
 */
@NullMarked
package io.traceforge.recording;

import org.jspecify.annotations.NullMarked;
