package io.traceforge.protocol;

/**
 * One provider's wire format. Implementations are stateless and safe for use by many threads; they
 * run on the recorder's writer thread, never on the caller's. Later versions may add methods, each
 * with a default.
 */
public interface LlmProtocol {

  /**
   * Returns whether an exchange speaks this protocol. Judge by path and by the shape of the
   * request, not by host: gateways and compatible servers abound.
   */
  boolean matches(HttpExchange exchange);

  /**
   * Reads an exchange for which {@link #matches} is true. The response may be missing, cut off or
   * not what it should be: read what is there. What this throws is caught, counted, and the call
   * recorded as plain HTTP.
   */
  Interpretation interpret(HttpExchange exchange);
}
