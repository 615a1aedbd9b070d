package io.traceforge.canary;

/**
 * A secret that was planted.
 *
 * @param place what and where it is
 * @param secret all of it
 * @param rest what of it was drawn at random and so is found nowhere else
 */
record Canary(String place, String secret, String rest) {}
