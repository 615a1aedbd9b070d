package io.traceforge.junit5;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;

/** A provider that answers by path, with headers that are new in each answer. */
final class ScriptedServer implements AutoCloseable {
  static final String TOOL_ANSWER =
      """
      {"id":"chatcmpl-1","object":"chat.completion","model":"gpt-4o-mini","choices":[{"index":0,\
      "message":{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function",\
      "function":{"name":"search_flights","arguments":"{\\"to\\":\\"Paris\\"}"}}]},\
      "finish_reason":"tool_calls"}],"usage":{"prompt_tokens":20,"completion_tokens":10,\
      "total_tokens":30}}""";
  static final String STREAM =
      """
      data: {"id":"chatcmpl-2","object":"chat.completion.chunk","model":"gpt-4o-mini","choices":[{"index":0,"delta":{"content":"Two flights — "}}]}

      data: {"id":"chatcmpl-2","object":"chat.completion.chunk","model":"gpt-4o-mini","choices":[{"index":0,"delta":{"content":"one at 9."},"finish_reason":"stop"}]}

      data: {"id":"chatcmpl-2","object":"chat.completion.chunk","model":"gpt-4o-mini","choices":[],"usage":{"prompt_tokens":40,"completion_tokens":8,"total_tokens":48}}

      data: [DONE]

      """;

  private final MockWebServer server = new MockWebServer();
  private final AtomicInteger answers = new AtomicInteger();
  private volatile Dispatcher dispatcher = byPath();

  static ScriptedServer start() {
    ScriptedServer started = new ScriptedServer();
    started.server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            return started.dispatcher.dispatch(request);
          }
        });
    try {
      started.server.start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return started;
  }

  private Dispatcher byPath() {
    return new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        String path = String.valueOf(request.getPath());
        if (path.startsWith("/stream")) {
          return answer("text/event-stream", STREAM).setChunkedBody(STREAM, 17);
        }
        if (path.startsWith("/refused")) {
          return answer("application/json", "{\"error\":{\"message\":\"Slow down\"}}")
              .setResponseCode(429)
              .setHeader("Retry-After", "7");
        }
        return path.startsWith("/broken")
            ? new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST)
            : answer("application/json", TOOL_ANSWER);
      }
    };
  }

  /** Answers from now on as a dispatcher says. */
  void answers(Dispatcher other) {
    dispatcher = other;
  }

  MockResponse answer(String type, String body) {
    int number = answers.incrementAndGet();
    return new MockResponse()
        .setHeader("Date", "Thu, 01 Jan 1970 00:00:%02d GMT".formatted(number % 60))
        .setHeader("X-Request-Id", "req-" + number)
        .setHeader("Mcp-Session-Id", "always")
        .setHeader("Content-Type", type)
        .setBody(body);
  }

  String url() {
    return server.url("").toString().replaceAll("/$", "");
  }

  int requests() {
    return server.getRequestCount();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
