package io.traceforge.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import org.junit.jupiter.api.Test;

class StateDiffTest {

  @Test
  void tellsAddedRemovedAndChanged() {
    StateDiff diff = diff("{'gone': 1, 'same': 2, 'new': 3}", "{'same': 2, 'new': 4, 'more': 5}");

    assertThat(diff.added()).containsOnlyKeys("/more").containsValue(new JsonPrimitive(5));
    assertThat(diff.removed()).containsOnlyKeys("/gone").containsValue(new JsonPrimitive(1));
    assertThat(diff.changed())
        .containsOnlyKeys("/new")
        .containsValue(new StateDiff.Change(new JsonPrimitive(3), new JsonPrimitive(4)));
    assertThat(diff.isEmpty()).isFalse();
  }

  @Test
  void comparesObjectsMemberByMember() {
    StateDiff diff = diff("{'a': {'b': {'c': 1}, 'd': 2}}", "{'a': {'b': {'e': 1}, 'd': 2}}");

    assertThat(diff.removed()).containsOnlyKeys("/a/b/c");
    assertThat(diff.added()).containsOnlyKeys("/a/b/e");
    assertThat(diff.changed()).isEmpty();
  }

  @Test
  void comparesEverythingElseAsAWhole() {
    assertThat(diff("{'a': [1, 2]}", "{'a': [1, 3]}").changed()).containsOnlyKeys("/a");
    assertThat(diff("{'a': {'b': 1}}", "{'a': [1]}").changed()).containsOnlyKeys("/a");
    assertThat(diff("{'a': 1}", "{'a': null}").changed()).containsOnlyKeys("/a");
    assertThat(diff("{}", "{'a': null}").added()).containsOnlyKeys("/a");
  }

  @Test
  void givesFreshValuesAtEachCall() {
    StateDiff diff = diff("{'gone': [1], 'a': [1]}", "{'new': [1], 'a': [2]}");
    diff.added().get("/new").getAsJsonArray().add(9);
    diff.removed().get("/gone").getAsJsonArray().add(9);
    diff.changed().get("/a").before().getAsJsonArray().add(9);
    diff.changed().get("/a").after().getAsJsonArray().add(9);

    assertThat(diff).isEqualTo(diff("{'gone': [1], 'a': [1]}", "{'new': [1], 'a': [2]}"));
    assertThat(diff.changed().get("/a").after()).hasToString("[2]");
  }

  @Test
  void writesPathsAsJsonPointers() {
    assertThat(diff("{}", "{'a/b': 1, 'm~n': 2, '~1': 3, '': 4}").added())
        .containsOnlyKeys("/a~1b", "/m~0n", "/~01", "/");
  }

  @Test
  void isEmptyForEqualStates() {
    assertThat(diff("{'a': {'b': [1]}}", "{'a': {'b': [1]}}").isEmpty()).isTrue();
  }

  @Test
  void keepsOwnCopies() {
    JsonObject after = parse("{'a': [1]}");
    StateDiff diff = StateDiff.between(new JsonObject(), after);
    after.getAsJsonArray("a").add(2);

    assertThat(diff).isEqualTo(diff("{}", "{'a': [1]}"));
    assertThat(diff).hasSameHashCodeAs(diff("{}", "{'a': [1]}"));
    assertThat(diff).isNotEqualTo(diff("{'a': [1]}", "{}"));
    assertThatThrownBy(() -> diff.added().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void tellsNoValueAsText() {
    assertThat(diff("{'a': 'secret'}", "{'b': 'secret'}").toString())
        .contains("/a", "/b")
        .doesNotContain("secret");
  }

  private static StateDiff diff(String before, String after) {
    return StateDiff.between(parse(before), parse(after));
  }

  private static JsonObject parse(String json) {
    return JsonParser.parseString(json.replace('\'', '"')).getAsJsonObject();
  }
}
