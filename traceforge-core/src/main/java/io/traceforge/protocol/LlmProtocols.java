package io.traceforge.protocol;

import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The protocols that TraceForge knows, asked in order: the first that matches reads the exchange.
 * What a protocol throws never passes: it is told to a listener, and the exchange is plain HTTP.
 */
public final class LlmProtocols {
  private static final int MAX_LOAD_FAILURES = 100;
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
   * Returns the protocols that {@link ServiceLoader} finds, followed by those that come with
   * TraceForge. It looks with the context class loader and with TraceForge's own.
   *
   * @param onFailure is told what a protocol throws, on the thread that called {@link #interpret},
   *     and of protocols that cannot be loaded, at once
   */
  public static LlmProtocols known(Consumer<Throwable> onFailure) {
    Map<Class<?>, LlmProtocol> registered = new LinkedHashMap<>();
    addFrom(Thread.currentThread().getContextClassLoader(), registered, onFailure);
    addFrom(LlmProtocols.class.getClassLoader(), registered, onFailure);
    List<LlmProtocol> all = new ArrayList<>(registered.values());
    all.addAll(BUILT_IN);
    return of(all, onFailure);
  }

  private static void addFrom(
      @Nullable ClassLoader loader,
      Map<Class<?>, LlmProtocol> found,
      Consumer<Throwable> onFailure) {
    Iterator<LlmProtocol> services = ServiceLoader.load(LlmProtocol.class, loader).iterator();
    // After a failure the iterator goes on with the next one, unless it cannot read its file.
    for (int failures = 0; failures < MAX_LOAD_FAILURES; ) {
      try {
        if (!services.hasNext()) {
          return;
        }
        LlmProtocol protocol = services.next();
        found.putIfAbsent(protocol.getClass(), protocol);
      } catch (ServiceConfigurationError | LinkageError failure) {
        failures++;
        onFailure.accept(failure);
      }
    }
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
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError failure) {
      onFailure.accept(failure);
    }
    return Interpretation.plainHttp();
  }

  /**
   * Returns what can be read from a stored trace: its text, for one, which is not stored beside the
   * response that holds it.
   */
  public Interpretation interpret(Trace trace) {
    TraceResponse response = trace.response();
    return interpret(
        HttpExchange.of(
            trace.request().method(),
            trace.request().endpoint(),
            trace.request().body(),
            response == null ? 0 : response.statusCode(),
            response == null ? null : response.body()));
  }

  /** A protocol that cannot even tell whether an exchange is its own must not hide the others. */
  private boolean matches(LlmProtocol protocol, HttpExchange exchange) {
    try {
      return protocol.matches(exchange);
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError failure) {
      onFailure.accept(failure);
      return false;
    }
  }
}
