package io.traceforge.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.core.http.HttpResponseFor;
import com.anthropic.errors.BadRequestException;
import com.anthropic.models.messages.Message;
import io.traceforge.SessionHeaders;
import io.traceforge.SessionTracker;
import io.traceforge.adapter.Storages;
import io.traceforge.adapter.StubServer.Sent;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Calls that are answered with one document. */
class RecordingTest extends AnthropicTestBase {

  @Test
  void aCallIsRecordedWithModelTokensAndText() {
    server.thenJson(200, Wire.ANSWER, "request-id", "req_1");
    Message message = client.messages().create(QUESTION);

    assertThat(message.content().get(0).asText().text()).isEqualTo("Bonjour");
    Trace trace = onlyTrace();
    assertThat(trace.status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(trace.request().method()).isEqualTo("POST");
    assertThat(trace.request().url()).isEqualTo(server.url() + "/v1/messages");
    assertThat(trace.request().body().text()).isEqualTo(server.sent().get(0).body());
    assertThat(trace.request().body().mediaType()).isEqualTo("application/json");
    assertThat(trace.response().statusCode()).isEqualTo(200);
    assertThat(trace.response().headers().get("request-id")).isEqualTo("req_1");
    assertThat(trace.response().body().text()).isEqualTo(Wire.ANSWER);
    assertThat(trace.metadata().provider()).isEqualTo("anthropic");
    assertThat(trace.metadata().responseModel()).isEqualTo("claude-sonnet-4-5-20250929");
    assertThat(trace.metadata().finishReasons()).containsExactly("end_turn");
  }

  @Test
  void inputTokensAreThoseOfTheCacheToo() {
    server.thenJson(200, Wire.ANSWER);
    client.messages().create(QUESTION);

    var usage = onlyTrace().metadata().usage();
    assertThat(usage.inputTokens()).isEqualTo(1109);
    assertThat(usage.cachedInputTokens()).isEqualTo(1000);
    assertThat(usage.cacheWriteTokens()).isEqualTo(100);
    assertThat(usage.outputTokens()).isEqualTo(2);
    assertThat(usage.totalTokens()).isEqualTo(1111);
  }

  @Test
  void theServerHearsOfTheSessionAndTheCallerOfTheTrace() {
    server.thenJson(200, Wire.ANSWER);
    SessionTracker session = traceForge.startSession();
    session.nextStep();
    session.setState("customer", "Ada");
    String traceId;
    try (HttpResponseFor<Message> response =
        TraceForgeAnthropic.instrument(plain, session)
            .messages()
            .withRawResponse()
            .create(QUESTION)) {
      assertThat(response.parse().id()).isEqualTo("msg_1");
      assertThat(response.headers().values(SessionHeaders.NEXT_STEP)).containsExactly("2");
      traceId = response.headers().values(SessionHeaders.TRACE_ID).get(0);
    }

    Sent sent = server.sent().get(0);
    assertThat(sent.header(SessionHeaders.SESSION_ID)).isEqualTo(session.getSessionId());
    assertThat(sent.header(SessionHeaders.STEP_INDEX)).isEqualTo("1");
    assertThat(sent.header(SessionHeaders.STATE)).isNull();
    Trace trace = onlyTrace();
    assertThat(trace.id()).isEqualTo(traceId);
    assertThat(trace.stateJson()).isEqualTo("{\"customer\":\"Ada\"}");
    assertThat(trace.request().headers().get(SessionHeaders.SESSION_ID)).isNull();
  }

  @Test
  void anErrorKeepsWhatTheProviderSaid() {
    server.thenJson(400, Wire.INVALID);

    assertThatThrownBy(() -> client.messages().create(QUESTION))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("No such model");
    Trace trace = onlyTrace();
    assertThat(trace.status()).isEqualTo(TraceStatus.ERROR);
    assertThat(trace.response().statusCode()).isEqualTo(400);
    assertThat(trace.response().body().text()).isEqualTo(Wire.INVALID);
    assertThat(trace.error().type()).isEqualTo("invalid_request_error");
    assertThat(trace.error().message()).isEqualTo("No such model");
  }

  @Test
  void aServerThatIsNotThereIsAnErrorWithItsCause() {
    server.close();
    assertThatThrownBy(
            () ->
                TraceForgeAnthropic.instrument(
                        plain.withOptions(options -> options.maxRetries(0)), traceForge)
                    .messages()
                    .create(QUESTION))
        .hasMessage("Request failed");

    Trace trace = onlyTrace();
    assertThat(trace.status()).isEqualTo(TraceStatus.ERROR);
    assertThat(trace.error().type()).isEqualTo("java.net.ConnectException");
    assertThat(trace.response()).isNull();
  }

  @Test
  void aRequestWithoutBodyIsRecorded() {
    server.thenJson(200, "{\"data\":[],\"has_more\":false,\"first_id\":null,\"last_id\":null}");
    assertThat(client.models().list().data()).isEmpty();

    Trace trace = onlyTrace();
    assertThat(trace.status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(trace.request().method()).isEqualTo("GET");
    assertThat(trace.request().body()).isNull();
  }

  @Test
  void theKeyIsNotInTheFilesOfTheDatabase() throws IOException {
    server.thenJson(200, Wire.ANSWER).thenEvents(Wire.STREAM).thenJson(400, Wire.INVALID);
    client.messages().create(QUESTION);
    try (var stream = client.messages().createStreaming(QUESTION)) {
      text(stream);
    }
    assertThatThrownBy(() -> client.messages().create(QUESTION)).isNotNull();

    assertThat(server.sent()).allMatch(sent -> sent.header("Authorization").contains(KEY));
    assertThat(traces()).hasSize(3);
    assertThat(Storages.filesWith(folder, KEY)).isEmpty();
    assertThat(Storages.filesWith(folder, "Good day?")).isNotEmpty();
  }
}
