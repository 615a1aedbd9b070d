package io.traceforge.okhttp.contract;

import java.io.IOException;

/** A server on loopback that answers by a script and notes what it receives. */
interface ContractServer extends AutoCloseable {
  /** Every server answers this path with a short text: the call after the one that is examined. */
  String FOLLOW_UP = "/follow-up";

  int port();

  default String url(String path) {
    return (isSecure() ? "https" : "http") + "://127.0.0.1:" + port() + path;
  }

  default boolean isSecure() {
    return false;
  }

  /** Waits until all clients have hung up, and what they have sent is noted. */
  default void awaitClients() throws InterruptedException {}

  /** Closes; what it has received is in the journal afterwards. */
  @Override
  void close() throws IOException;

  /** Starts a server for one run. */
  interface Factory {
    ContractServer start(Journal received, Gate gate) throws IOException;
  }
}
