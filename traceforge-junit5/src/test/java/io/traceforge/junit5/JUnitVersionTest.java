package io.traceforge.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The tests here mean what their module's name says. */
class JUnitVersionTest {

  @Test
  void theTestsRunOnTheJUnitThatTheModuleNames() {
    assertThat(Test.class.getPackage().getImplementationVersion())
        .isEqualTo(System.getProperty("junit.version"));
  }
}
