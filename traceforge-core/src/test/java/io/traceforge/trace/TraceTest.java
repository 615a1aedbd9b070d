package io.traceforge.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceTest {

  @Test
  void isInProgressAtStepZeroUnlessToldOtherwise() {
    Trace trace =
        Trace.builder().id("t").startTime(Traces.START).request(Traces.request(null)).build();

    assertThat(trace.status()).isEqualTo(TraceStatus.IN_PROGRESS);
    assertThat(trace.status().isFinal()).isFalse();
    assertThat(trace.stepIndex()).isZero();
    assertThat(trace.sessionId()).isNull();
    assertThat(trace.stateSnapshot().isEmpty()).isTrue();
    assertThat(trace.endTime()).isNull();
    assertThat(trace.metadata().durationMs()).isNull();
    assertThat(trace.metadata().tokensUsed()).isNull();
  }

  @Test
  void needsIdStartAndRequest() {
    assertThatThrownBy(() -> Trace.builder().build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("id")
        .hasMessageContaining("startTime")
        .hasMessageContaining("request");
  }

  @Test
  void endsWhenItsTimeHasPassed() {
    Trace trace = Traces.trace("t", 5, 12).build();

    assertThat(trace.endTime()).isEqualTo(Traces.at(12));
    assertThat(trace.metadata().durationMs()).isEqualTo(7);
  }

  @Test
  void prefersTheModelThatWasAskedFor() {
    TraceMetadata.Builder metadata = TraceMetadata.builder();
    assertThat(metadata.build().model()).isNull();
    assertThat(metadata.responseModel("gpt-4o-2024-08-06").build().model())
        .isEqualTo("gpt-4o-2024-08-06");
    assertThat(metadata.requestModel("gpt-4o").build().model()).isEqualTo("gpt-4o");
  }

  @Test
  void copiesListsOfMetadata() {
    List<String> reasons = new ArrayList<>(List.of("stop"));
    TraceMetadata metadata = TraceMetadata.builder().finishReasons(reasons).build();
    reasons.add("length");

    assertThat(metadata.finishReasons()).containsExactly("stop");
  }

  @ParameterizedTest
  @CsvSource({
    "https://llm.test/v1/chat?key=k, /v1/chat",
    "https://llm.test, /",
    "https://llm.test/a%20b, /a%20b",
    "https://llm.test/a b, https://llm.test/a b",
  })
  void tellsThePathOfARequest(String url, String path) {
    TraceRequest request = TraceRequest.of("GET", url, HttpHeaders.empty(), null);

    assertThat(request.endpoint()).isEqualTo(path);
  }

  @Test
  void writesErrorAsText() {
    assertThat(TraceError.of("http_429", null, "c")).hasToString("http_429");
    assertThat(TraceError.of("http_429", "slow down", null)).hasToString("http_429: slow down");
  }

  @Test
  void sortsNamesOfSessionMetadata() {
    SessionMetadata metadata =
        SessionMetadata.builder("s")
            .modelsUsed(List.of("b", "a", "b"))
            .providers(List.of("y", "x", "y"))
            .build();

    assertThat(metadata.modelsUsed()).containsExactly("a", "b");
    assertThat(metadata.providers()).containsExactly("x", "y");
    assertThat(metadata.totalTokens()).isZero();
  }
}
