package io.traceforge.recording;

/** What waits for the writer: a call's start or end, or a fact about a session. */
sealed interface QueueEntry permits QueuedCall, QueuedUpdate {}
