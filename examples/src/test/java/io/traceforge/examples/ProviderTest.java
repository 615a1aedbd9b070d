package io.traceforge.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

class ProviderTest {

  @Test
  void withoutAnySettingItIsSimulatedAndSaysSo() {
    try (Provider provider = Provider.from(Map.of("OPENAI_API_KEY", " "))) {
      assertThat(provider.simulated()).isNotNull();
      assertThat(provider.model()).isEqualTo(SimulatedProvider.MODEL);
      assertThat(provider).asString().contains("SIMULATED");
    }
  }

  @Test
  void aKeyAloneGoesToOpenAi() {
    try (Provider provider = Provider.from(Map.of("OPENAI_API_KEY", "a-key"))) {
      Request request = provider.request(Conversation.asking("Hello"));
      assertThat(request.url()).hasToString("https://api.openai.com/v1/chat/completions");
      assertThat(request.header("Authorization")).isEqualTo("Bearer a-key");
      assertThat(provider).asString().doesNotContain("a-key");
    }
  }

  @Test
  void aBaseUrlAloneGetsNoKey() {
    Map<String, String> variables =
        Map.of("OPENAI_BASE_URL", "http://localhost:11434/v1/", "OPENAI_MODEL", "a-model");
    try (Provider provider = Provider.from(variables)) {
      Request request = provider.request(Conversation.asking("Hello"));
      assertThat(request.url()).hasToString("http://localhost:11434/v1/chat/completions");
      assertThat(request.header("Authorization")).isNull();
      assertThat(provider.model()).isEqualTo("a-model");
    }
  }

  @Test
  void aKeyAndABaseUrlGoTogether() {
    Map<String, String> variables =
        Map.of("OPENAI_BASE_URL", "http://gateway.corp/v1", "OPENAI_API_KEY", "a-key");
    try (Provider provider = Provider.from(variables)) {
      Request request = provider.request(Conversation.asking("Hello"));
      assertThat(request.url()).hasToString("http://gateway.corp/v1/chat/completions");
      assertThat(request.header("Authorization")).isEqualTo("Bearer a-key");
    }
  }
}
