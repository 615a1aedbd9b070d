/**
 * Records the calls of LangChain4j's models, over whichever HTTP client: {@link
 * io.traceforge.langchain4j.TraceForgeLangChain4j}.
 */
@NullMarked
package io.traceforge.langchain4j;

import org.jspecify.annotations.NullMarked;
