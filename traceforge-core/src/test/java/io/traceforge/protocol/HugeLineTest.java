package io.traceforge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A line of 100 MB costs no more memory than its bytes, which the capture has bounded. */
class HugeLineTest {
  private static final int SIZE = 100 << 20;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SSE        | 'data: {\"a\":1}\n\ndata: {\"b\":\"'   | '\"}\n\ndata: {\"c\":3}\n\n'",
        "NDJSON     | '{\"a\":1}\n{\"b\":\"'                 | '\"}\n{\"c\":3}\n'",
        "JSON_ARRAY | '[{\"a\":1},{\"b\":\"'                 | '\"},{\"c\":3}]'",
      })
  void isPassedOver(EventStream form, String before, String after) {
    byte[] bytes = new byte[SIZE];
    Arrays.fill(bytes, (byte) 'x');
    System.arraycopy(Bodies.utf8(before), 0, bytes, 0, before.length());
    System.arraycopy(Bodies.utf8(after), 0, bytes, SIZE - after.length(), after.length());
    List<String> data = new ArrayList<>();

    form.read(bytes, 0, SIZE, false, event -> data.add(event.data()));

    assertThat(data).containsExactly("{\"a\":1}", "{\"c\":3}");
  }
}
