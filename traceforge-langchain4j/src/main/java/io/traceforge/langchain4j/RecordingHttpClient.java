package io.traceforge.langchain4j;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.DefaultServerSentEventParser;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.traceforge.adapter.ClientCall;
import io.traceforge.adapter.ClientCalls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records each call that passes. */
final class RecordingHttpClient implements HttpClient {
  private final HttpClient next;
  private final ClientCalls calls;
  private final boolean choosesParser;

  RecordingHttpClient(HttpClient next, ClientCalls calls) {
    this.next = next;
    this.calls = calls;
    this.choosesParser = choosesParser(next);
  }

  private static boolean choosesParser(HttpClient client) {
    try {
      return client
              .getClass()
              .getMethod("execute", HttpRequest.class, ServerSentEventListener.class)
              .getDeclaringClass()
          != HttpClient.class;
    } catch (ReflectiveOperationException | RuntimeException notTold) {
      return true;
    }
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    RecordedCall recorded = begin(request);
    if (recorded == null) {
      return next.execute(request);
    }
    SuccessfulHttpResponse response;
    try {
      response = next.execute(recorded.request());
    } catch (Throwable failure) { // Kotlin code throws undeclared exceptions too
      recorded.failed(failure);
      throw failure;
    }
    return recorded.received(response);
  }

  /** As the interface does it, which gives us a parser, unless the client does it otherwise. */
  @Override
  public void execute(HttpRequest request, ServerSentEventListener listener) {
    if (choosesParser) {
      RecordedCall recorded = begin(request);
      if (recorded == null) {
        next.execute(request, listener);
      } else {
        RecordedEvents events = new RecordedEvents(recorded);
        stream(recorded, () -> next.execute(recorded.request(), events.listener(listener)));
      }
    } else {
      execute(request, new DefaultServerSentEventParser(), listener);
    }
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    RecordedCall recorded = begin(request);
    if (recorded == null) {
      next.execute(request, parser, listener);
    } else {
      RecordedEvents events = new RecordedEvents(recorded);
      stream(
          recorded,
          () -> next.execute(recorded.request(), events.parser(parser), events.listener(listener)));
    }
  }

  private static void stream(RecordedCall recorded, Runnable execution) {
    try {
      execution.run();
    } catch (Throwable failure) {
      recorded.failed(failure);
      throw failure;
    }
  }

  private @Nullable RecordedCall begin(HttpRequest request) {
    ClientCall call = calls.begin(name -> header(request, name));
    if (call == null) {
      return null;
    }
    try {
      return new RecordedCall(calls, call, request);
    } catch (Throwable failure) {
      calls.failed(failure);
      return null;
    }
  }

  private static @Nullable String header(HttpRequest request, String name) {
    List<String> values = request.headers().get(name);
    return values == null || values.isEmpty() ? null : values.get(values.size() - 1);
  }
}
