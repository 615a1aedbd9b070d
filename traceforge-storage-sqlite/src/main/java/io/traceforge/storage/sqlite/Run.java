package io.traceforge.storage.sqlite;

/**
 * Pieces of a text in a row that are one part, together with what stands between them.
 *
 * @param first the index of the first
 * @param end the index after that of the last
 * @param part what they are
 */
record Run(int first, int end, PartRef part) {}
