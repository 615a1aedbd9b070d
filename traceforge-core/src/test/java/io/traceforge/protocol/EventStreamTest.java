package io.traceforge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.TraceBody;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventStreamTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data: {}          | application/json  | false | true",
        "event: error      |                   | false | true",
        "': PROCESSING'    |                   | false | true",
        "{\"error\": \"x\"} | text/event-stream | true  | false",
        "'  [1]'           | text/event-stream | true  | false",
        "dat               | text/event-stream | false | true",
        "dat               | Text/Event-Stream;charset=utf-8 | false | true",
        "dat               |                   | true  | true",
        "dat               |                   | false | false",
        "dat               | application/json  | true  | false",
        "'\uFEFFdata: x'   |                   | false | true",
      })
  void tellsStreamsByContentThenMediaTypeThenRequest(
      String start, String mediaType, boolean asked, boolean isStream) {
    KeptBytes body = KeptBytes.of(TraceBody.ofText(start, mediaType));

    assertThat(EventStream.of(body, asked)).isEqualTo(isStream ? EventStream.SSE : null);
  }
}
