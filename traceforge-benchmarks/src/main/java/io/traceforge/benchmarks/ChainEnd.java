package io.traceforge.benchmarks;

import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;

/**
 * What contenders are put in front of.
 *
 * @param base the client that all of them are made from: they share its connections, as no two
 *     connections are equally fast
 * @param last puts behind all interceptors of a client what answers its calls
 */
record ChainEnd(OkHttpClient base, UnaryOperator<OkHttpClient> last) {

  static ChainEnd network() {
    return new ChainEnd(new OkHttpClient(), UnaryOperator.identity());
  }

  static ChainEnd withoutNetwork() {
    return new ChainEnd(new OkHttpClient(), NoNetwork::behind);
  }

  OkHttpClient put(OkHttpClient client) {
    return last.apply(client);
  }
}
