/** The viewer's server; not for use outside this module. */
@NullMarked
package io.traceforge.viewer.internal;

import org.jspecify.annotations.NullMarked;
