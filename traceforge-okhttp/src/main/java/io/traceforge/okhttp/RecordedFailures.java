package io.traceforge.okhttp;

import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceError;
import io.traceforge.trace.TraceStatus;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.UnknownServiceException;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLProtocolException;
import org.jspecify.annotations.Nullable;

/** Makes exceptions of what traces tell of them. */
final class RecordedFailures {
  private static final int FIRST_ERROR_STATUS = 400;

  /** As opposed to what providers call their errors. */
  private static final Pattern CLASS_NAME = Pattern.compile("([a-z_$][\\w$]*\\.)+[A-Z][\\w$.]*");

  private static final Map<String, Function<@Nullable String, IOException>> KNOWN =
      Map.ofEntries(
          Map.entry("java.io.EOFException", EOFException::new),
          Map.entry("java.io.IOException", IOException::new),
          Map.entry("java.io.InterruptedIOException", InterruptedIOException::new),
          Map.entry("java.net.BindException", BindException::new),
          Map.entry("java.net.ConnectException", ConnectException::new),
          Map.entry("java.net.NoRouteToHostException", NoRouteToHostException::new),
          Map.entry("java.net.PortUnreachableException", PortUnreachableException::new),
          Map.entry("java.net.ProtocolException", ProtocolException::new),
          Map.entry("java.net.SocketException", SocketException::new),
          Map.entry("java.net.SocketTimeoutException", SocketTimeoutException::new),
          Map.entry("java.net.UnknownHostException", UnknownHostException::new),
          Map.entry("java.net.UnknownServiceException", UnknownServiceException::new),
          Map.entry("javax.net.ssl.SSLException", SSLException::new),
          Map.entry("javax.net.ssl.SSLHandshakeException", SSLHandshakeException::new),
          Map.entry("javax.net.ssl.SSLKeyException", SSLKeyException::new),
          Map.entry("javax.net.ssl.SSLPeerUnverifiedException", SSLPeerUnverifiedException::new),
          Map.entry("javax.net.ssl.SSLProtocolException", SSLProtocolException::new));

  private RecordedFailures() {}

  /** Returns what ended a call that has no response. */
  static IOException withoutResponse(Trace trace) {
    TraceError error = trace.error();
    if (error == null) {
      return new IOException("Trace " + trace.id() + " has no response and no error");
    }
    return trace.status() == TraceStatus.CANCELLED
        ? new IOException("Canceled") // in OkHttp's words
        : exception(error);
  }

  /** Returns what a caller meets after the last byte recorded, or null if that was the end. */
  static @Nullable IOException afterBody(Trace trace, int statusCode, boolean whole) {
    TraceError error = trace.error();
    if (error == null || whole) {
      return null;
    }
    if (trace.status() == TraceStatus.CANCELLED) {
      return new IOException(
          "The recording ends here: trace %s, %s".formatted(trace.id(), error.message()));
    }
    return statusCode < FIRST_ERROR_STATUS && CLASS_NAME.matcher(error.type()).matches()
        ? exception(error)
        : null;
  }

  private static IOException exception(TraceError error) {
    Function<@Nullable String, IOException> known = KNOWN.get(error.type());
    return known == null ? new IOException(error.toString()) : known.apply(error.message());
  }
}
