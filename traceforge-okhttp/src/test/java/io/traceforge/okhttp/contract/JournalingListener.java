package io.traceforge.okhttp.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.HttpUrl;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/** The user's own listener: notes each event, and may be told to do something at one. */
class JournalingListener extends EventListener {
  private final Journal journal;

  /** {@code Call.cancel} tells of itself when the cancelled thread may be far ahead already. */
  private final Journal cancellations;

  private final Gate cancelled = new Gate();
  private final Map<String, Consumer<Call>> hooks = new ConcurrentHashMap<>();

  JournalingListener(Journal journal, Journal cancellations) {
    this.journal = journal;
    this.cancellations = cancellations;
  }

  /** Does something at the next event of a name. */
  final void at(String event, Consumer<Call> action) {
    hooks.put(event, action);
  }

  /** Returns a listener for all events that the OkHttp at hand has. */
  static JournalingListener on(Journal journal, Journal cancellations) {
    try {
      return Class.forName(JournalingListener.class.getPackageName() + ".NewerJournalingListener")
          .asSubclass(JournalingListener.class)
          .getDeclaredConstructor(Journal.class, Journal.class)
          .newInstance(journal, cancellations);
    } catch (ClassNotFoundException okHttp4) {
      return new JournalingListener(journal, cancellations);
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError(impossible.toString(), impossible);
    }
  }

  final void awaitCancelled() throws IOException {
    cancelled.await();
  }

  final void event(Call call, String name, Object... arguments) {
    journal.note("  event " + name + (arguments.length == 0 ? "" : " " + List.of(arguments)));
    Consumer<Call> action = hooks.remove(name);
    if (action != null) {
      action.accept(call);
    }
  }

  @Override
  public void callStart(Call call) {
    event(call, "callStart");
  }

  @Override
  public void proxySelectStart(Call call, HttpUrl url) {
    event(call, "proxySelectStart", url);
  }

  @Override
  public void proxySelectEnd(Call call, HttpUrl url, List<Proxy> proxies) {
    event(call, "proxySelectEnd", url, proxies);
  }

  @Override
  public void dnsStart(Call call, String domainName) {
    event(call, "dnsStart", domainName);
  }

  @Override
  public void dnsEnd(Call call, String domainName, List<InetAddress> addresses) {
    event(call, "dnsEnd", domainName, addresses);
  }

  @Override
  public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
    event(call, "connectStart", address, proxy);
  }

  @Override
  public void secureConnectStart(Call call) {
    event(call, "secureConnectStart");
  }

  @Override
  public void secureConnectEnd(Call call, Handshake handshake) {
    event(call, "secureConnectEnd", handshake == null ? "none" : handshake.cipherSuite());
  }

  @Override
  public void connectEnd(Call call, InetSocketAddress address, Proxy proxy, Protocol protocol) {
    event(call, "connectEnd", address, proxy, String.valueOf(protocol));
  }

  @Override
  public void connectFailed(
      Call call, InetSocketAddress address, Proxy proxy, Protocol protocol, IOException failure) {
    event(call, "connectFailed", address, String.valueOf(protocol), Describe.failure(failure));
  }

  @Override
  public void connectionAcquired(Call call, Connection connection) {
    event(call, "connectionAcquired", connection.protocol());
  }

  @Override
  public void connectionReleased(Call call, Connection connection) {
    event(call, "connectionReleased", connection.protocol());
  }

  @Override
  public void requestHeadersStart(Call call) {
    event(call, "requestHeadersStart");
  }

  @Override
  public void requestHeadersEnd(Call call, Request request) {
    event(call, "requestHeadersEnd", Describe.requestHead(request));
  }

  @Override
  public void requestBodyStart(Call call) {
    event(call, "requestBodyStart");
  }

  @Override
  public void requestBodyEnd(Call call, long byteCount) {
    event(call, "requestBodyEnd", byteCount);
  }

  @Override
  public void requestFailed(Call call, IOException failure) {
    event(call, "requestFailed", Describe.failure(failure));
  }

  @Override
  public void responseHeadersStart(Call call) {
    event(call, "responseHeadersStart");
  }

  @Override
  public void responseHeadersEnd(Call call, Response response) {
    event(call, "responseHeadersEnd", response.code(), Describe.headers(response.headers()));
  }

  @Override
  public void responseBodyStart(Call call) {
    event(call, "responseBodyStart");
  }

  @Override
  public void responseBodyEnd(Call call, long byteCount) {
    event(call, "responseBodyEnd", byteCount);
  }

  @Override
  public void responseFailed(Call call, IOException failure) {
    event(call, "responseFailed", Describe.failure(failure));
  }

  @Override
  public void callEnd(Call call) {
    event(call, "callEnd");
  }

  @Override
  public void callFailed(Call call, IOException failure) {
    event(call, "callFailed", Describe.failure(failure));
  }

  @Override
  public void canceled(Call call) {
    cancellations.note("event canceled");
    cancelled.open();
  }

  @Override
  public void satisfactionFailure(Call call, Response response) {
    event(call, "satisfactionFailure", response.code());
  }

  @Override
  public void cacheHit(Call call, Response response) {
    event(call, "cacheHit", response.code(), Describe.headers(response.headers()));
  }

  @Override
  public void cacheMiss(Call call) {
    event(call, "cacheMiss");
  }

  @Override
  public void cacheConditionalHit(Call call, Response cachedResponse) {
    event(call, "cacheConditionalHit", cachedResponse.code());
  }
}
