package io.traceforge.okhttp.contract;

import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;

/** One run of an exchange, with a server and a client of its own. */
final class Run {
  /** How the client was made. */
  enum Variant {
    BARE,
    INSTRUMENTED,
    ONE_INTERCEPTOR
  }

  final Journal journal = new Journal();
  final Gate gate = new Gate();
  final File folder;
  private final Journal received = new Journal();
  private final Journal cancellations = new Journal();
  private final JournalingListener listener = JournalingListener.on(journal, cancellations);
  private final Exchange exchange;
  private final Variant variant;
  private final TraceForge traceForge;
  private OkHttpClient client;
  private ContractServer server;

  Run(Exchange exchange, Variant variant, TraceForge traceForge, File folder) {
    this.exchange = exchange;
    this.variant = variant;
    this.traceForge = traceForge;
    this.folder = folder;
  }

  /** Returns what was seen: by the caller, then by the server. */
  List<String> observe() throws Exception {
    try (ContractServer started = exchange.server.start(received, gate)) {
      server = started;
      journal.alias(":" + server.port(), ":PORT");
      received.alias(":" + server.port(), ":PORT");
      observeClient();
    }
    List<String> all = new ArrayList<>(journal.lines());
    cancellations.lines().forEach(line -> all.add("aside: " + line));
    received.lines().forEach(line -> all.add("server: " + line));
    return all;
  }

  /** Returns the client of this run, for interceptors that make calls. */
  OkHttpClient client() {
    return client;
  }

  /** Returns this run's server as a proxy, for clients that do not go to it by its own name. */
  Proxy asProxy() {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(loopback, server.port()));
  }

  private void observeClient() throws Exception {
    client = makeClient();
    try {
      exchange.script.run(
          new Caller(
              client,
              server,
              journal,
              listener,
              gate,
              traceForge == null ? () -> {} : traceForge::close));
      if (exchange.followedUp) {
        followUp();
      }
    } finally {
      client.dispatcher().executorService().shutdown();
      client.dispatcher().executorService().awaitTermination(10, TimeUnit.SECONDS);
      client.connectionPool().evictAll();
      if (!exchange.collected) { // then the client never hangs up
        server.awaitClients();
      }
    }
  }

  /** Shows whether the connection was left fit for another call, however short the first one's. */
  private void followUp() {
    journal.note("--- the call after it");
    Request request = new Request.Builder().url(server.url(ContractServer.FOLLOW_UP)).build();
    OkHttpClient patient = client.newBuilder().readTimeout(Duration.ofSeconds(10)).build();
    new Caller(patient, server, journal, listener, gate, () -> {}).fetch(request);
    journal.note("connections pooled", client.connectionPool().connectionCount());
  }

  private OkHttpClient makeClient() throws Exception {
    OkHttpClient.Builder plain =
        new OkHttpClient.Builder()
            .dispatcher(new Dispatcher())
            .connectionPool(new ConnectionPool())
            .protocols(List.of(Protocol.HTTP_1_1))
            .dns(host -> List.of(InetAddress.getLoopbackAddress()))
            .readTimeout(Duration.ofSeconds(10))
            .eventListener(listener);
    if (server.isSecure()) {
      Certificates.trust(plain);
    }
    exchange.before.apply(plain, this);
    OkHttpClient.Builder ours = recording(plain.build()).newBuilder();
    exchange.after.apply(ours, this);
    return ours.build();
  }

  private OkHttpClient recording(OkHttpClient client) {
    if (variant == Variant.BARE) {
      return client;
    }
    SessionTracker session = traceForge.startSession();
    session.setState("task", "contract");
    return variant == Variant.INSTRUMENTED
        ? TraceForgeOkHttp.instrument(client, session)
        : client.newBuilder().addInterceptor(TraceForgeOkHttp.interceptor(session)).build();
  }
}
