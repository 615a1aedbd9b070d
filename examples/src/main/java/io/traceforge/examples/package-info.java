/** Programs to read and to run. Each has a {@code main}; none needs a key or the network. */
@NullMarked
package io.traceforge.examples;

import org.jspecify.annotations.NullMarked;
