/**
 * Recorded sessions as tests: a JUnit extension that replays them without a network, and assertions
 * on what a session did.
 */
@NullMarked
package io.traceforge.junit5;

import org.jspecify.annotations.NullMarked;
