package io.traceforge.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A server-sent event.
 *
 * @param name the event's name, {@code message} if it had none
 * @param data the lines of its data, joined by LF
 * @param id the last event id that the stream told so far, if any
 * @param end the index of the first byte after the event, the empty line that ends it included
 * @param terminated whether that empty line was there; without it the data may be cut
 */
record SseEvent(String name, String data, @Nullable String id, int end, boolean terminated) {}
