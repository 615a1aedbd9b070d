package io.traceforge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;

/** A server that answers chats by what they ask, once as many as expected are under way. */
final class Provider extends Dispatcher implements AutoCloseable {
  private final MockWebServer server = new MockWebServer();
  private volatile CountDownLatch together = new CountDownLatch(0);
  private volatile String awaited = "";

  Provider() throws IOException {
    server.setDispatcher(this);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getPort();
  }

  /** Holds answers back until so many requests have come, or until {@link #answerAll()}. */
  void expect(int requests) {
    together = new CountDownLatch(requests);
  }

  /** Holds answers to questions that begin so back until {@link #answerAll()}. */
  void holdBack(String beginning) {
    awaited = beginning;
    expect(1_000);
  }

  void answerAll() {
    while (together.getCount() > 0) {
      together.countDown();
    }
  }

  /** Waits until a request has come; it may still be unanswered. */
  void awaitRequest() throws InterruptedException {
    assertThat(server.takeRequest(1, TimeUnit.MINUTES)).isNotNull();
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
    String question = questionIn(request.getBody().readUtf8());
    if (question.startsWith(awaited)) {
      together.countDown();
      together.await();
    }
    if (question.contains("the impossible")) {
      return new MockResponse().setResponseCode(503).setBody("{\"error\":{\"message\":\"no\"}}");
    }
    JsonObject message = new JsonObject();
    message.addProperty("role", "assistant");
    message.addProperty("content", "re " + question);
    String answer =
        """
        {"id": "answer", "model": "gpt-4o-mini",
         "choices": [{"index": 0, "message": %s, "finish_reason": "stop"}],
         "usage": {"prompt_tokens": 9, "completion_tokens": 3, "total_tokens": 12}}
        """;
    return new MockResponse()
        .setHeader("Content-Type", "application/json")
        .setBody(answer.formatted(message));
  }

  /** Returns what a chat's body asks. */
  static String questionIn(String body) {
    return JsonParser.parseString(body)
        .getAsJsonObject()
        .getAsJsonArray("messages")
        .get(0)
        .getAsJsonObject()
        .get("content")
        .getAsString();
  }

  @Override
  public void close() throws IOException {
    answerAll();
    server.shutdown();
  }
}
