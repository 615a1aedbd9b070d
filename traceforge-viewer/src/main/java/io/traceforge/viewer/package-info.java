/** Shows what was recorded: a web page and an HTTP API over any storage. */
@NullMarked
package io.traceforge.viewer;

import org.jspecify.annotations.NullMarked;
