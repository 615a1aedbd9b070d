package io.traceforge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonElementsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{\"a\":1},{\"b\":2}]         | {\"a\":1};{\"b\":2}",
        "'  [ {\"a\":1} , {\"b\":2} ] ' | {\"a\":1};{\"b\":2}",
        "[{\"a\":1}{\"b\":2}]          | {\"a\":1};{\"b\":2}",
        "[{\"a\":\"]},{\\\\\\\"\"},7]  | {\"a\":\"]},{\\\\\\\"\"};7",
        "[[1,2],[{}],\"x,y\",null]     | [1,2];[{}];\"x,y\";null",
        "[{\"a\":1},{\"b\":            | {\"a\":1};{\"b\":",
        "[{\"a\":\"cut                 | {\"a\":\"cut",
        "[{\"a\":\"cut\\               | {\"a\":\"cut\\",
        "[]                            | ''",
        "[                             | ''",
        "nothing                       | ''",
      })
  void cutsArrayIntoElements(String array, String elements) {
    assertThat(String.join(";", read(array))).isEqualTo(elements);
  }

  @Test
  void neverPassesTheEnd() {
    String array = " [{\"a\\\"\":[1,\"é\\\\\"]},{\"b\":\"x\\\"\"}] ";
    for (int length = 0; length <= array.length(); length++) {
      byte[] bytes = Bodies.utf8(array);
      JsonElements elements = new JsonElements(bytes, 0, length);
      int end = 0;
      while (elements.next()) {
        assertThat(elements.end()).isBetween(end + 1, length);
        end = elements.end();
      }
    }
  }

  private static List<String> read(String array) {
    byte[] bytes = Bodies.utf8(array);
    JsonElements elements = new JsonElements(bytes, 0, bytes.length);
    List<String> all = new ArrayList<>();
    while (elements.next()) {
      all.add(elements.text());
    }
    return all;
  }
}
