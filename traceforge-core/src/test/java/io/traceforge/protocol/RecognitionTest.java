package io.traceforge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.TraceBody;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which protocol an exchange is taken for, by path and shape, whatever the host. */
class RecognitionTest {
  private final List<Throwable> failures = new ArrayList<>();
  private final LlmProtocols protocols = LlmProtocols.known(failures::add);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/chat/completions                          | messages | openai     | chat",
        "/api/v1/chat/completions                      | messages | openai     | chat",
        "/api/chat/completions                         | messages | openai     | chat",
        "/openai/deployments/gpt/chat/completions      | messages | openai     | chat",
        "/v1beta/openai/chat/completions               | messages | openai     | chat",
        "/v1/completions                               | prompt   | openai     | text_completion",
        "/v1/fim/completions                           | prompt   | openai     | text_completion",
        "/v1/embeddings                                | input    | openai     | embeddings",
        "/openai/deployments/ada/embeddings            | input    | openai     | embeddings",
        "/v1/responses                                 | input    | openai     | chat",
        "/openai/v1/responses                          | prompt   | openai     | chat",
        "/backend-api/responses          | previous_response_id   | openai     | chat",
        "/v1/messages                                  | messages | anthropic  | chat",
        "/gateway/anthropic/v1/messages                | messages | anthropic  | chat",
        "/v1beta/models/gemini-2.5-pro:generateContent | contents | gcp.gemini | chat",
        "/v1beta/models/x:streamGenerateContent        | contents | gcp.gemini | chat",
        "/api/chat                                     | model    | ollama     | chat",
        "/llm/api/generate                             | model    | ollama     | text_completion",
        "/api/embed                                    | model    | ollama     | embeddings",
      })
  void knowsProtocol(String path, String member, String provider, String operation) {
    Interpretation found = interpret("POST", path, "{\"%s\": []}".formatted(member));

    assertThat(found.metadata().provider()).isEqualTo(provider);
    assertThat(found.metadata().operation()).isEqualTo(operation);
    assertThat(interpret("POST", path, "{\"other\": []}")).isEqualTo(Interpretation.plainHttp());
    assertThat(interpret("GET", path, "")).isEqualTo(Interpretation.plainHttp());
    assertThat(failures).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1/models",
        "/v1/threads/thread_1/messages",
        "/v1/messages/count_tokens",
        "/v1/messages/batches",
        "/v1/responses/resp_1/cancel",
        "/v1/responses/input_tokens",
        "/v1/audio/transcriptions",
        "/v1beta/models/gemini:countTokens",
        "/api/tags",
        "/mychat/completions2",
      })
  void leavesOthersAlone(String path) {
    assertThat(interpret("POST", path, "")).isEqualTo(Interpretation.plainHttp());
  }

  private Interpretation interpret(String method, String path, String request) {
    return protocols.interpret(
        HttpExchange.of(method, path, TraceBody.ofText(request, Fixture.JSON), 0, null));
  }
}
