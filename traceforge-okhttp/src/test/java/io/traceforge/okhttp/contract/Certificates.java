package io.traceforge.okhttp.contract;

import javax.net.ServerSocketFactory;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * A certificate of our own making for loopback and for a host behind a proxy, and a client that
 * trusts it.
 */
final class Certificates {
  private static final HeldCertificate HELD =
      new HeldCertificate.Builder()
          .addSubjectAlternativeName("127.0.0.1")
          .addSubjectAlternativeName("localhost")
          .addSubjectAlternativeName(ProxyExchanges.HOST)
          .build();
  private static final HandshakeCertificates SERVER =
      new HandshakeCertificates.Builder().heldCertificate(HELD).build();
  private static final HandshakeCertificates CLIENT =
      new HandshakeCertificates.Builder().addTrustedCertificate(HELD.certificate()).build();

  private Certificates() {}

  static ServerSocketFactory serverSockets() {
    return SERVER.sslContext().getServerSocketFactory();
  }

  static javax.net.ssl.SSLSocketFactory serverSocketLayer() {
    return SERVER.sslSocketFactory();
  }

  static OkHttpClient.Builder trust(OkHttpClient.Builder client) {
    return client.sslSocketFactory(CLIENT.sslSocketFactory(), CLIENT.trustManager());
  }
}
