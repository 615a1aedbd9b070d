package io.traceforge.protocol;

import java.util.List;
import java.util.function.Consumer;

/**
 * The protocols that TraceForge knows, asked in order: the first that matches reads the exchange.
 * What a protocol throws never passes: it is told to a listener, and the exchange is plain HTTP.
 */
public final class LlmProtocols {
  private static final List<LlmProtocol> BUILT_IN =
      List.of(
          new OpenAiChatProtocol(),
          new OpenAiResponsesProtocol(),
          new OpenAiEmbeddingsProtocol(),
          new AnthropicMessagesProtocol(),
          new GeminiProtocol(),
          new OllamaProtocol());

  private final List<LlmProtocol> protocols;
  private final Consumer<Throwable> onFailure;

  private LlmProtocols(List<LlmProtocol> protocols, Consumer<Throwable> onFailure) {
    this.protocols = List.copyOf(protocols);
    this.onFailure = onFailure;
  }

  /**
   * Returns the protocols that come with TraceForge.
   *
   * @param onFailure is told what a protocol throws, on the thread that called {@link #interpret}
   */
  public static LlmProtocols known(Consumer<Throwable> onFailure) {
    return of(BUILT_IN, onFailure);
  }

  /**
   * Returns the given protocols, to be asked in the order given.
   *
   * @param onFailure is told what a protocol throws, on the thread that called {@link #interpret}
   */
  public static LlmProtocols of(List<LlmProtocol> protocols, Consumer<Throwable> onFailure) {
    return new LlmProtocols(protocols, onFailure);
  }

  /**
   * Returns what the first matching protocol reads from an exchange; {@link
   * Interpretation#plainHttp()} if none matches or the one that does fails.
   */
  public Interpretation interpret(HttpExchange exchange) {
    try {
      for (LlmProtocol protocol : protocols) {
        if (matches(protocol, exchange)) {
          return protocol.interpret(exchange);
        }
      }
    } catch (RuntimeException | StackOverflowError failure) {
      onFailure.accept(failure);
    }
    return Interpretation.plainHttp();
  }

  /** A protocol that cannot even tell whether an exchange is its own must not hide the others. */
  private boolean matches(LlmProtocol protocol, HttpExchange exchange) {
    try {
      return protocol.matches(exchange);
    } catch (RuntimeException | StackOverflowError failure) {
      onFailure.accept(failure);
      return false;
    }
  }
}
