package io.traceforge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderPropagationTest {
  @Test
  void noneSendsNothing() {
    HeaderPropagation none = HeaderPropagation.none();

    assertThat(none.sendsIds()).isFalse();
    assertThat(none.sendsStateTo("localhost")).isFalse();
  }

  @Test
  void idsOnlySendsTheStateToNobody() {
    HeaderPropagation idsOnly = HeaderPropagation.idsOnly();

    assertThat(idsOnly.sendsIds()).isTrue();
    assertThat(idsOnly.sendsStateTo("localhost")).isFalse();
  }

  @Test
  void allSendsTheStateToEverybody() {
    HeaderPropagation all = HeaderPropagation.all();

    assertThat(all.sendsIds()).isTrue();
    assertThat(all.sendsStateTo("api.openai.com")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LocalHost",
        "app.localhost",
        "127.0.0.1",
        "127.8.9.10",
        "::1",
        "[::1]"
      })
  void theDefaultSendsTheStateToThisMachine(String host) {
    HeaderPropagation propagation = HeaderPropagation.stateTo();

    assertThat(propagation.sendsIds()).isTrue();
    assertThat(propagation.sendsStateTo(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api.openai.com",
        "localhost.evil.com",
        "evil-localhost",
        "127.0.0.1.evil.com",
        "1.127.0.0.1",
        "128.0.0.1",
        "::11",
        ""
      })
  void theDefaultSendsTheStateNowhereElse(String host) {
    assertThat(HeaderPropagation.stateTo().sendsStateTo(host)).isFalse();
  }

  @Test
  void hostsNamedByTheUserGetTheState() {
    HeaderPropagation propagation = HeaderPropagation.stateTo("LLM-gateway.corp");

    assertThat(propagation.sendsStateTo("llm-Gateway.corp")).isTrue();
    assertThat(propagation.sendsStateTo("localhost")).isTrue();
    assertThat(propagation.sendsStateTo("sub.llm-gateway.corp")).isFalse();
    assertThat(propagation.sendsStateTo("llm-gateway.corp.evil.com")).isFalse();
  }
}
