package io.traceforge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.traceforge.recording.OverflowPolicy;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.StorageException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceForgeBuilderTest {
  private final TraceForgeBuilder builder = TraceForge.builder().storage("memory:");

  @Test
  void theDefaultsAreThoseOfTheDocumentation() {
    TraceForgeConfig config = built();

    assertThat(config.enabled()).isTrue();
    assertThat(config.autoSessionId()).isTrue();
    assertThat(config.sessionMaxSteps()).isEqualTo(Integer.MAX_VALUE);
    assertThat(config.headerPropagation().sendsStateTo("localhost")).isTrue();
    assertThat(config.headerPropagation().sendsStateTo("api.openai.com")).isFalse();
    assertThat(config.maxBodyBytes()).isEqualTo(8 << 20);
    assertThat(config.maxBufferedBytes())
        .isEqualTo(Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 8));
    assertThat(config.queueCapacity()).isEqualTo(10_000);
    assertThat(config.overflowPolicy()).isEqualTo(OverflowPolicy.DROP_NEWEST);
    assertThat(config.sessionTimeout()).isEqualTo(Duration.ofHours(1));
    assertThat(config.shutdownHook()).isTrue();
  }

  @Test
  void everySettingIsTakenOver() {
    builder
        .autoSessionId(false)
        .sessionMaxSteps(7)
        .propagateStateTo("llm-gateway.corp")
        .maxBodyBytes(1)
        .maxBufferedBytes(2)
        .queueCapacity(3)
        .overflowPolicy(OverflowPolicy.BLOCK)
        .blockTimeout(Duration.ofMillis(4))
        .closeTimeout(Duration.ofMillis(5))
        .sessionTimeout(Duration.ofMillis(6))
        .shutdownHook(false);
    TraceForgeConfig config = built();

    assertThat(config.autoSessionId()).isFalse();
    assertThat(config.sessionMaxSteps()).isEqualTo(7);
    assertThat(config.headerPropagation().sendsStateTo("llm-gateway.corp")).isTrue();
    assertThat(config.maxBodyBytes()).isEqualTo(1);
    assertThat(config.maxBufferedBytes()).isEqualTo(2);
    assertThat(config.queueCapacity()).isEqualTo(3);
    assertThat(config.overflowPolicy()).isEqualTo(OverflowPolicy.BLOCK);
    assertThat(config.blockTimeout()).isEqualTo(Duration.ofMillis(4));
    assertThat(config.closeTimeout()).isEqualTo(Duration.ofMillis(5));
    assertThat(config.sessionTimeout()).isEqualTo(Duration.ofMillis(6));
    assertThat(config.shutdownHook()).isFalse();
  }

  static Stream<Arguments> badSettings() {
    Duration forever = ChronoUnit.FOREVER.getDuration();
    return Stream.of(
        bad("sessionMaxSteps", "got 0", b -> b.sessionMaxSteps(0)),
        bad("maxBodyBytes", "got 0", b -> b.maxBodyBytes(0)),
        bad("maxBufferedBytes", "got -1", b -> b.maxBufferedBytes(-1)),
        bad("queueCapacity", "got 0", b -> b.queueCapacity(0)),
        bad("blockTimeout", "got PT0S", b -> b.blockTimeout(Duration.ZERO)),
        bad("closeTimeout", "got PT-1S", b -> b.closeTimeout(Duration.ofSeconds(-1))),
        bad("closeTimeout", "got " + forever, b -> b.closeTimeout(forever)),
        bad("sessionTimeout", "got " + forever, b -> b.sessionTimeout(forever)),
        bad("sessionTimeout", "got PT0.000000001S", b -> b.sessionTimeout(Duration.ofNanos(1))));
  }

  private interface Setting {
    void on(TraceForgeBuilder builder);
  }

  private static Arguments bad(String name, String value, Setting setting) {
    return Arguments.of(name, value, setting);
  }

  @ParameterizedTest
  @MethodSource("badSettings")
  void aSettingThatMakesNoSenseIsRefusedWithNameAndValue(
      String name, String value, Setting setting) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> setting.on(builder))
        .withMessageStartingWith(name + ": expected ")
        .withMessageEndingWith(value);
  }

  @Test
  void nullIsRefused() {
    assertThatNullPointerException().isThrownBy(() -> builder.storage((String) null));
    assertThatNullPointerException().isThrownBy(() -> builder.storage((StorageBackend) null));
    assertThatNullPointerException().isThrownBy(() -> builder.headerPropagation(null));
    assertThatNullPointerException().isThrownBy(() -> builder.closeTimeout(null));
  }

  @Test
  void theEnvironmentSetsWhatItNames() {
    builder.fromEnvironment(
        Map.of(
            "TRACEFORGE_ENABLED", "TRUE",
            "TRACEFORGE_STORAGE", " memory: ",
            "TRACEFORGE_SESSION_AUTO_ID", "false",
            "TRACEFORGE_SESSION_TIMEOUT_MS", "1500",
            "TRACEFORGE_SESSION_MAX_STEPS", "20"));
    TraceForgeConfig config = built();

    assertThat(config.enabled()).isTrue();
    assertThat(config.autoSessionId()).isFalse();
    assertThat(config.sessionTimeout()).isEqualTo(Duration.ofMillis(1500));
    assertThat(config.sessionMaxSteps()).isEqualTo(20);
  }

  @Test
  void theEnvironmentCanSwitchItOff() {
    assertThat(TraceForge.builder().fromEnvironment(Map.of("TRACEFORGE_ENABLED", "false")).build())
        .extracting(off -> off.config().enabled())
        .isEqualTo(false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void anEmptyVariableCountsAsAbsent(String empty) {
    builder.fromEnvironment(
        Map.of(
            "TRACEFORGE_ENABLED", empty,
            "TRACEFORGE_STORAGE", empty,
            "TRACEFORGE_SESSION_AUTO_ID", empty,
            "TRACEFORGE_SESSION_TIMEOUT_MS", empty,
            "TRACEFORGE_SESSION_MAX_STEPS", empty));

    theDefaultsAreThoseOfTheDocumentation();
  }

  @ParameterizedTest
  @CsvSource({
    "TRACEFORGE_ENABLED, yes, true or false",
    "TRACEFORGE_SESSION_AUTO_ID, 1, true or false",
    "TRACEFORGE_SESSION_TIMEOUT_MS, 1h, a positive whole number of milliseconds",
    "TRACEFORGE_SESSION_TIMEOUT_MS, 0, a positive whole number of milliseconds",
    "TRACEFORGE_SESSION_TIMEOUT_MS, 1.5, a positive whole number of milliseconds",
    "TRACEFORGE_SESSION_TIMEOUT_MS, 99999999999999999999, a positive whole number of milliseconds",
    "TRACEFORGE_SESSION_MAX_STEPS, -3, a positive whole number of steps",
    "TRACEFORGE_SESSION_MAX_STEPS, many, a positive whole number of steps",
  })
  void aVariableThatMakesNoSenseIsNamedWithItsValue(String name, String value, String expected) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.fromEnvironment(Map.of(name, value)))
        .withMessage(name + ": expected " + expected + ", got \"" + value + "\"");
  }

  @Test
  void aStorageThatNobodyKnowsIsNamed() {
    builder.fromEnvironment(Map.of("TRACEFORGE_STORAGE", "floppy:a"));

    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(builder::build)
        .withMessageContaining("TRACEFORGE_STORAGE")
        .withMessageContaining("\"floppy:a\"")
        .withMessageContaining("memory:");
  }

  private TraceForgeConfig built() {
    try (TraceForge traceForge = builder.build()) {
      return traceForge.config();
    }
  }
}
