package io.traceforge.benchmarks;

import okhttp3.OkHttpClient;

/** Puts behind all interceptors of a client what answers its calls. */
interface ChainEnd {
  /** Calls go to the network. */
  ChainEnd NETWORK = client -> client;

  OkHttpClient put(OkHttpClient client);
}
