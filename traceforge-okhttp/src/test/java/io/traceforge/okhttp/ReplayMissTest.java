package io.traceforge.okhttp;

import static io.traceforge.okhttp.ReplayFixture.answer;
import static io.traceforge.okhttp.ReplayFixture.ask;
import static io.traceforge.okhttp.ReplayFixture.chat;
import static io.traceforge.okhttp.ReplayFixture.replaying;
import static io.traceforge.okhttp.ReplayFixture.text;
import static io.traceforge.okhttp.ReplayFixture.unconnected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.traceforge.trace.Trace;
import java.util.List;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/** What a miss tells. */
class ReplayMissTest {

  private static ReplayMissException miss(OkHttpClient client, String body) {
    return catchThrowableOfType(ReplayMissException.class, () -> answer(client, body));
  }

  @Test
  void theNearestRecordingIsNamedAndTheFirstDifferenceShown() {
    Trace far = chat("{\"model\":\"m\",\"messages\":[\"a\",\"b\"],\"n\":1}", "far");
    Trace near = chat("{\"model\":\"m\",\"messages\":[\"a\",\"Paris\"]}", "near");
    ReplayMissException miss =
        miss(replaying(far, near), "{\"model\":\"m\",\"messages\":[\"a\",\"Rome\"]}");
    assertThat(miss)
        .hasMessage(
            "No recording answers POST /v1/chat/completions. The nearest is trace %s (step 0):"
                + " /messages/1 was \"Paris\", now is \"Rome\"",
            near.id());
    assertThat(miss.nearestTraceId()).contains(near.id());
  }

  @Test
  void whatNobodyAskedForIsToldInTheOrderOfTheRecording() throws Exception {
    Trace first = chat("{\"q\":1}", "first");
    Trace other = chat("{\"q\":2}", "other");
    Trace again = chat("{\"q\":1}", "again");
    ReplayInterceptor replay = ReplayInterceptor.of(List.of(first, other, again));
    assertThat(replay.unused()).containsExactly(first, other, again);

    answer(replaying(replay), "{\"q\":1}");
    miss(replaying(replay), "{\"q\":3}");

    assertThat(replay.unused()).containsExactly(other, again);
    answer(replaying(replay), "{\"q\":2}");
    answer(replaying(replay), "{\"q\":1}");
    assertThat(replay.unused()).isEmpty();
  }

  @Test
  void whatOnlyOneOfTheTwoHasIsTold() {
    assertThat(miss(replaying(chat("{\"a/b\":1}", "one")), "{}"))
        .hasMessageEndingWith("/a~1b was 1, now is nothing");
    assertThat(miss(replaying(chat("{\"m\":[]}", "one")), "{\"m\":[1]}"))
        .hasMessageEndingWith("/m/0 was nothing, now is 1");
  }

  @Test
  void anEqualEndpointIsNearerThanAnEqualBody() {
    OkHttpClient client = replaying(ReplayFixture.post("http://x.invalid/other", "{}", "other"));
    ReplayMissException miss = miss(client, "{}");
    assertThat(miss)
        .hasMessageEndingWith("the endpoint was POST /other, now is POST /v1/chat/completions");
    Trace chat = chat("{\"q\":\"another one\"}", "chat");
    Trace other = ReplayFixture.post("http://x.invalid/other", "{}", "other");
    assertThat(miss(replaying(other, chat), "{}").nearestTraceId()).contains(chat.id());
  }

  @Test
  void aRecordingWithoutABodyIsFartherThanAnyBodyOfItsEndpoint() {
    Trace chat = chat("{\"model\":\"m\",\"messages\":[\"a\"],\"n\":1}", "chat");
    ReplayMissException miss =
        miss(replaying(unconnected(), chat), "{\"model\":\"x\",\"messages\":[\"a\"],\"n\":2}");
    assertThat(miss.nearestTraceId()).contains(chat.id());
    assertThat(miss).hasMessageEndingWith("/model was \"m\", now is \"x\"");
  }

  @Test
  void aBodyOfAnotherKindIsFartherThanAnyOfTheSameKind() {
    Trace chat = chat("{\"a\":1,\"b\":2}", "chat");
    OkHttpClient client = replaying(chat("[1]", "array"), chat("text", "text"), chat);
    assertThat(miss(client, "{\"a\":3,\"b\":4}").nearestTraceId()).contains(chat.id());
  }

  @Test
  void aCallThatReachedNoServerSaysWhyItHasNoBody() {
    Trace unconnected = unconnected();
    Trace other = ReplayFixture.post("http://x.invalid/other", "{\"q\":1}", "other");
    assertThat(miss(replaying(other, unconnected), "{\"q\":1}"))
        .hasMessage(
            "No recording answers POST /v1/chat/completions. The nearest is trace %s (step 0): the"
                + " body was nothing, now is {\"q\":1}. It failed before its body was sent, so only"
                + " BY_STEP can replay it",
            unconnected.id());
  }

  @Test
  void recordingsThatWereUsedUpAreCounted() throws Exception {
    Trace one = chat("{}", "one");
    Trace two = chat("{\"q\":1}", "two");
    Trace three = chat("{\"q\":1}", "three");
    OkHttpClient client = replaying(one, two, three);
    answer(client, "{}");
    answer(client, "{\"q\":1}");
    answer(client, "{\"q\":1}");
    assertThat(miss(client, "{}"))
        .hasMessage(
            "No recording is left for POST /v1/chat/completions: trace %s (step 0), the only one of"
                + " this call, was used up",
            one.id());
    assertThat(miss(client, "{\"q\":1}"))
        .hasMessage(
            "No recording is left for POST /v1/chat/completions: all 2 of this call were used up,"
                + " the last one being trace %s (step 0)",
            three.id());
  }

  @Test
  void byStepAllRecordingsAreCounted() throws Exception {
    Trace one = chat("{}", "one");
    Trace two = ReplayFixture.post("http://x.invalid/other", "{}", "two");
    OkHttpClient client =
        replaying(
            ReplayInterceptor.builder()
                .traces(List.of(one, two))
                .matching(ReplayMatching.BY_STEP)
                .build());
    answer(client, "{}");
    answer(client, "{}");
    assertThat(miss(client, "{}"))
        .hasMessage(
            "No recording is left for POST /v1/chat/completions: all 2 were used up, the last one"
                + " being trace %s (step 0)",
            two.id());
  }

  @Test
  void whatPrintsTellsCountsAndNothingThatWasSaid() throws Exception {
    ReplayInterceptor replay = ReplayInterceptor.of(List.of(chat("{}", "a"), chat("[]", "b")));
    answer(replaying(replay), "{}");
    assertThat(replay).hasToString("ReplayInterceptor{BY_CONTENT, recordings=2, unused=1}");
  }

  @Test
  void longValuesAreShownAroundTheDifferenceOnly() {
    String before = "x".repeat(5_000);
    ReplayMissException miss =
        miss(
            replaying(chat("{\"q\":\"" + before + "old" + before + "\"}", "one")),
            "{\"q\":\"" + before + "new" + before + "\"}");
    assertThat(miss.getMessage()).contains("old").contains("new").hasSizeLessThan(400);
    ReplayMissException text =
        miss(replaying(chat(before + "old" + before, "one")), before + "new" + before);
    assertThat(text.getMessage()).contains("old").contains("new").hasSizeLessThan(400);
  }

  @Test
  void noSecretIsTold() {
    OkHttpClient client = replaying(chat("{\"q\":1,\"password\":\"one-secret\"}", "one"));
    ReplayMissException miss =
        catchThrowableOfType(
            ReplayMissException.class,
            () ->
                text(
                    client,
                    ask("http://x.invalid/y?key=k-secret", "{\"password\":\"two-secret\"}")));
    assertThat(miss.getMessage()).doesNotContain("secret");
  }

  @Test
  void withoutRecordingsThereIsNoNearest() {
    ReplayMissException miss = miss(replaying(), "{}");
    assertThat(miss)
        .hasMessage("No recording answers POST /v1/chat/completions: there are no recordings");
    assertThat(miss.nearestTraceId()).isEmpty();
  }
}
