/** Reads the messages of requests and answers; not for use outside this module. */
@NullMarked
package io.traceforge.viewer.internal.conversation;

import org.jspecify.annotations.NullMarked;
