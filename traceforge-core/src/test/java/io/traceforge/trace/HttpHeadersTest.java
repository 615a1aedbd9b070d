package io.traceforge.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpHeadersTest {
  private static final HttpHeaders HEADERS =
      HttpHeaders.of("Accept", "a", "X-Secret", "s3cret", "accept", "b");

  @Test
  void findsLastValueWithoutRegardToCase() {
    assertThat(HEADERS.get("ACCEPT")).isEqualTo("b");
    assertThat(HEADERS.get("x-secret")).isEqualTo("s3cret");
    assertThat(HEADERS.get("absent")).isNull();
  }

  @Test
  void keepsFieldsInOrder() {
    assertThat(HEADERS.fields())
        .containsExactly(
            new HttpHeaders.Field("Accept", "a"),
            new HttpHeaders.Field("X-Secret", "s3cret"),
            new HttpHeaders.Field("accept", "b"));
  }

  @Test
  void takesTheValuesOfEachName() {
    Map<String, List<String>> values = Map.of("Accept", List.of("a", "b"), "Host", List.of());

    assertThat(HttpHeaders.of(List.of("Host", "Accept", "Absent"), values::get))
        .isEqualTo(HttpHeaders.of("Accept", "a", "Accept", "b"));
  }

  @Test
  void copiesList() {
    List<HttpHeaders.Field> fields = new ArrayList<>(HEADERS.fields());
    HttpHeaders headers = HttpHeaders.of(fields);
    fields.clear();

    assertThat(headers).isEqualTo(HEADERS).hasSameHashCodeAs(HEADERS);
    assertThatThrownBy(() -> headers.fields().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void refusesNameWithoutValue() {
    assertThatThrownBy(() -> HttpHeaders.of("Accept", "a", "Host"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("namesAndValues")
        .hasMessageContaining("3");
  }

  @Test
  void tellsNoValueAsText() {
    assertThat(HEADERS.toString()).contains("X-Secret").doesNotContain("s3cret");
  }
}
