/** Access to bodies without a copy, for packages of ours alone: it may change at any time. */
@NullMarked
package io.traceforge.internal.body;

import org.jspecify.annotations.NullMarked;
