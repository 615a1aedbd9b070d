package io.traceforge.viewer;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** Skips tests where there is no browser, and says so. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
    value = "io.traceforge.viewer.Browser#isThere",
    disabledReason = "the page is tested with chromium and chromedriver, and PATH has not both")
@interface NeedsChromium {}
