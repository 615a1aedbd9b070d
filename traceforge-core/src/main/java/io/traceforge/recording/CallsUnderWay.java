package io.traceforge.recording;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds calls whose response the caller has forgotten without closing it. The writer looks for them
 * now and then: a {@link java.lang.ref.Cleaner} has a thread of its own and costs the caller more.
 */
final class CallsUnderWay {
  private final ReferenceQueue<Object> forgotten = new ReferenceQueue<>();

  /** Whatever is in the queue is held by that; from then on a call would have nobody. */
  private final Set<CallRecording> held = ConcurrentHashMap.newKeySet();

  /** Makes a mark, to be kept by the recording, that shows when the response is forgotten. */
  Object watch(Object response, CallRecording recording) {
    return new Watch(response, forgotten, recording);
  }

  void hold(CallRecording recording) {
    held.add(recording);
  }

  void letGo(CallRecording recording) {
    held.remove(recording);
  }

  /** Ends the calls whose responses are forgotten. */
  void endForgotten() {
    for (Reference<?> found = forgotten.poll(); found != null; found = forgotten.poll()) {
      if (found instanceof Watch watch) {
        watch.recording.abandoned();
      }
    }
  }

  private static final class Watch extends WeakReference<Object> {
    final CallRecording recording;

    Watch(Object response, ReferenceQueue<Object> queue, CallRecording recording) {
      super(response, queue);
      this.recording = recording;
    }
  }
}
