package io.traceforge.storage.sqlite;

/**
 * A stored part.
 *
 * @param id its number
 * @param hash of its content
 * @param holder the session that it came with (see {@link PartStore})
 */
record PartRef(long id, PartHash hash, long holder) {}
