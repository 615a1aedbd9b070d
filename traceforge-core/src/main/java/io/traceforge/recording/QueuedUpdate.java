package io.traceforge.recording;

import io.traceforge.storage.SessionUpdate;

/** A fact about a session on its way to the writer. */
record QueuedUpdate(SessionUpdate update) implements QueueEntry {}
