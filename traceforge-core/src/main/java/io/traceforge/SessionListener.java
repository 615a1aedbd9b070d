package io.traceforge;

import org.jspecify.annotations.Nullable;

/** Hears of a session's end; a stand-alone tracker has nobody to tell. */
interface SessionListener {
  SessionListener NONE = (sessionId, failure) -> {};

  void ended(String sessionId, @Nullable String failure);
}
