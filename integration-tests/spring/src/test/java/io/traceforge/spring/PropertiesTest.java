package io.traceforge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.TraceForge;
import io.traceforge.TraceForgeConfig;
import io.traceforge.recording.OverflowPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A setting is the same whether it is a property or one of TraceForge's variables. */
class PropertiesTest {
  private static final String PRICES =
      """
      {"unit": "USD per million tokens", "as_of": "2026-10-01", "source": "our contract",
       "providers": [{"id": "corp", "models": [{"names": ["tiny"], "prices": [{"input": 1}]}]}]}
      """;

  @TempDir Path folder;

  private static TraceForgeConfig configOf(PropertySource<?> source) {
    TraceForgeProperties properties =
        new Binder(ConfigurationPropertySources.from(source))
            .bindOrCreate("traceforge", TraceForgeProperties.class);
    try (TraceForge traceForge = properties.toBuilder().build()) {
      return traceForge.config();
    }
  }

  private static TraceForgeConfig configOfVariables(Map<String, Object> variables) {
    return configOf(
        new SystemEnvironmentPropertySource(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
  }

  private static TraceForgeConfig configOfProperties(Map<String, Object> properties) {
    return configOf(new MapPropertySource("application.properties", properties));
  }

  @Test
  void variablesAreReadAsTraceForgeReadsThem() throws Exception {
    Path prices = Files.writeString(folder.resolve("prices.json"), PRICES);
    Map<String, String> variables =
        Map.of(
            "TRACEFORGE_STORAGE", "memory:",
            "TRACEFORGE_SESSION_AUTO_ID", "false",
            "TRACEFORGE_SESSION_TIMEOUT_MS", "1800000",
            "TRACEFORGE_SESSION_MAX_STEPS", "7",
            "TRACEFORGE_PRICES", prices.toString());

    TraceForgeConfig config = configOfVariables(new HashMap<>(variables));

    try (TraceForge own = TraceForge.builder().fromEnvironment(variables).build()) {
      assertThat(config.autoSessionId()).isEqualTo(own.config().autoSessionId()).isFalse();
      assertThat(config.sessionTimeout())
          .isEqualTo(own.config().sessionTimeout())
          .isEqualTo(Duration.ofMinutes(30));
      assertThat(config.sessionMaxSteps()).isEqualTo(own.config().sessionMaxSteps()).isEqualTo(7);
      assertThat(config.prices().source()).isEqualTo(own.config().prices().source());
      assertThat(config.prices().source().orElseThrow()).contains("our contract");
    }
    assertThat(configOfVariables(Map.of("TRACEFORGE_ENABLED", "false")).enabled()).isFalse();
  }

  @Test
  void anEmptyVariableCountsAsAbsent() {
    TraceForgeConfig config =
        configOfVariables(
            Map.of("TRACEFORGE_STORAGE", "memory:", "TRACEFORGE_SESSION_MAX_STEPS", ""));

    assertThat(config.sessionMaxSteps()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void propertiesMayBeWrittenAsSpringWritesThem() {
    TraceForgeConfig config =
        configOfProperties(
            Map.of(
                "traceforge.storage", "memory:",
                "traceforge.session-timeout-ms", "30m",
                "traceforge.propagate-state-to", "llm-gateway.corp",
                "traceforge.max-body", "2MB",
                "traceforge.max-buffered", "16MB",
                "traceforge.queue-capacity", "500",
                "traceforge.overflow-policy", "block",
                "traceforge.block-timeout", "2s",
                "traceforge.close-timeout", "20s"));

    assertThat(config.sessionTimeout()).isEqualTo(Duration.ofMinutes(30));
    assertThat(config.headerPropagation().sendsStateTo("llm-gateway.corp")).isTrue();
    assertThat(config.maxBodyBytes()).isEqualTo(2 << 20);
    assertThat(config.maxBufferedBytes()).isEqualTo(16 << 20);
    assertThat(config.queueCapacity()).isEqualTo(500);
    assertThat(config.overflowPolicy()).isEqualTo(OverflowPolicy.BLOCK);
    assertThat(config.blockTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.closeTimeout()).isEqualTo(Duration.ofSeconds(20));
  }
}
