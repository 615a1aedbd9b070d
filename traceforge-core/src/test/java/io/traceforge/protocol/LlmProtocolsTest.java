package io.traceforge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LlmProtocolsTest {
  private static final HttpExchange CHAT =
      HttpExchange.of("POST", "/v1/chat/completions", null, 0, null);
  private static final HttpExchange OTHER = HttpExchange.of("GET", "/", null, 200, null);

  private final List<Throwable> failures = new ArrayList<>();

  @Test
  void knowsOpenAiChat() {
    LlmProtocols protocols = LlmProtocols.known(failures::add);

    assertThat(protocols.interpret(CHAT).metadata().provider()).isEqualTo("openai");
    assertThat(protocols.interpret(OTHER)).isEqualTo(Interpretation.plainHttp());
    assertThat(failures).isEmpty();
  }

  @Test
  void asksInOrder() {
    LlmProtocols protocols =
        LlmProtocols.of(List.of(named("first"), named("second")), failures::add);

    assertThat(protocols.interpret(OTHER).metadata().provider()).isEqualTo("first");
  }

  @Test
  void tellsFailureAndFallsBackToPlainHttp() {
    IllegalStateException broken = new IllegalStateException("broken");
    LlmProtocols protocols = LlmProtocols.of(List.of(throwing(broken)), failures::add);

    assertThat(protocols.interpret(CHAT)).isEqualTo(Interpretation.plainHttp());
    assertThat(failures).containsExactly(broken);
  }

  @Test
  void survivesStackOverflow() {
    LlmProtocols protocols =
        LlmProtocols.of(List.of(throwing(new StackOverflowError())), failures::add);

    assertThat(protocols.interpret(CHAT)).isEqualTo(Interpretation.plainHttp());
    assertThat(failures).hasOnlyElementsOfType(StackOverflowError.class);
  }

  @Test
  void asksTheNextWhenOneCannotTell() {
    LlmProtocol undecided =
        new LlmProtocol() {
          @Override
          public boolean matches(HttpExchange exchange) {
            throw new IllegalStateException("undecided");
          }

          @Override
          public Interpretation interpret(HttpExchange exchange) {
            throw new AssertionError("did not match");
          }
        };
    LlmProtocols protocols = LlmProtocols.of(List.of(undecided, named("next")), failures::add);

    assertThat(protocols.interpret(CHAT).metadata().provider()).isEqualTo("next");
    assertThat(failures).hasSize(1);
  }

  private static LlmProtocol named(String provider) {
    return new LlmProtocol() {
      @Override
      public boolean matches(HttpExchange exchange) {
        return true;
      }

      @Override
      public Interpretation interpret(HttpExchange exchange) {
        Interpretation.Builder found = Interpretation.builder();
        found.metadataBuilder().provider(provider);
        return found.build();
      }
    };
  }

  private static LlmProtocol throwing(Throwable failure) {
    return new LlmProtocol() {
      @Override
      public boolean matches(HttpExchange exchange) {
        return true;
      }

      @Override
      public Interpretation interpret(HttpExchange exchange) {
        if (failure instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) failure;
      }
    };
  }
}
