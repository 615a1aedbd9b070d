/** What the redaction is compared with. In the redaction's own package, to use the same rules. */
@NullMarked
package io.traceforge.redaction;

import org.jspecify.annotations.NullMarked;
