package io.traceforge.langchain4j;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import io.traceforge.adapter.ClientCall;
import io.traceforge.adapter.ClientCalls;
import io.traceforge.trace.HttpHeaders;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One call under way: the request as we send it on, and what becomes of it. */
final class RecordedCall {
  private final ClientCalls calls;
  private final ClientCall call;
  private final HttpRequest request;

  RecordedCall(ClientCalls calls, ClientCall call, HttpRequest original) {
    this.calls = calls;
    this.call = call;
    this.request = outgoing(original, call.requestHeaders());
    tell(original);
  }

  private static HttpRequest outgoing(HttpRequest original, Map<String, String> added) {
    if (added.isEmpty() || original.getClass() != HttpRequest.class) {
      return original; // of a class of somebody's own we could not make another
    }
    return HttpRequest.builder()
        .method(original.method())
        .url(original.url())
        .headers(with(original.headers(), added))
        .formDataFields(original.formDataFields())
        .formDataFiles(original.formDataFiles())
        .body(original.body())
        .build();
  }

  /** A form's body is made further in, where we do not see it. */
  private void tell(HttpRequest original) {
    List<String> types = original.headers().get("Content-Type");
    call.request(
        original.method().name(),
        original.url(),
        fields(original.headers()),
        types == null || types.isEmpty() ? null : types.get(0));
    if (original.body() != null) {
      call.requestBody(original.body().getBytes(StandardCharsets.UTF_8));
    }
    call.requestSent();
  }

  /** Returns the request to send on. */
  HttpRequest request() {
    return request;
  }

  /** Tells a whole response, and returns it for the caller: as received, our headers added. */
  SuccessfulHttpResponse received(SuccessfulHttpResponse response) {
    SuccessfulHttpResponse callers = opened(response);
    try {
      byte[] body = response.bodyBytes();
      if (body != null) {
        call.responseBody(body);
      }
    } catch (Throwable failure) {
      calls.failed(failure);
    }
    call.readToEnd();
    return callers;
  }

  /**
   * Tells a response's head, and returns it for the caller: as received, our headers added. A
   * client of somebody's own may give what it likes, {@code null} too.
   */
  SuccessfulHttpResponse opened(SuccessfulHttpResponse response) {
    try {
      call.response(response.statusCode(), fields(response.headers()));
      return response.getClass() == SuccessfulHttpResponse.class
          ? SuccessfulHttpResponse.builder()
              .statusCode(response.statusCode())
              .headers(with(response.headers(), call.responseHeaders()))
              .body(response.bodyBytes())
              .build()
          : response;
    } catch (Throwable failure) {
      calls.failed(failure);
      return response;
    }
  }

  InputStream body(InputStream server) {
    return call.responseBody(server, -1, null);
  }

  Consumer<byte[]> pieces() {
    return call.responsePieces();
  }

  void readToEnd() {
    call.readToEnd();
  }

  void closed() {
    call.closed();
  }

  /** An error's status and body come in an exception; its header fields do not come at all. */
  void failed(Throwable failure) {
    Throwable cause = cause(failure);
    if (cause instanceof HttpException error) {
      call.response(error.statusCode(), HttpHeaders::empty);
      if (error.getMessage() != null) {
        call.responseBody(error.getMessage().getBytes(StandardCharsets.UTF_8));
      }
      call.readToEnd();
    } else {
      call.failed(cause);
    }
  }

  /** What went wrong, without what LangChain4j and futures have put around it. */
  private static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    for (Throwable inner = cause.getCause();
        inner != null && isWrapper(cause);
        inner = cause.getCause()) {
      cause = inner;
    }
    return cause;
  }

  private static boolean isWrapper(Throwable failure) {
    return failure instanceof CompletionException
        || failure instanceof TimeoutException
        || failure.getClass() == RuntimeException.class;
  }

  /** Converted when somebody asks, in the writer's time. */
  private static Supplier<HttpHeaders> fields(Map<String, List<String>> headers) {
    return () -> HttpHeaders.of(headers.keySet(), headers::get);
  }

  private static Map<String, List<String>> with(
      Map<String, List<String>> headers, Map<String, String> added) {
    Map<String, List<String>> all = new LinkedHashMap<>(headers);
    added.forEach((name, value) -> all.put(name, List.of(value)));
    return all;
  }
}
