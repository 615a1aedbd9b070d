package io.traceforge.okhttp;

import static io.traceforge.okhttp.ReplayFixture.CHAT;
import static io.traceforge.okhttp.ReplayFixture.answer;
import static io.traceforge.okhttp.ReplayFixture.ask;
import static io.traceforge.okhttp.ReplayFixture.chat;
import static io.traceforge.okhttp.ReplayFixture.post;
import static io.traceforge.okhttp.ReplayFixture.replaying;
import static io.traceforge.okhttp.ReplayFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.traceforge.redaction.Redactor;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceRequest;
import io.traceforge.trace.TraceStatus;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.Test;

/** Which recording answers which call. */
class ReplayMatchingTest {
  private static final String QUESTION =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"temperature\":1}";

  private static ReplayInterceptor.Builder of(Trace... traces) {
    return ReplayInterceptor.builder().traces(List.of(traces));
  }

  private static void isMissed(OkHttpClient client, String body) {
    assertThatExceptionOfType(ReplayMissException.class).isThrownBy(() -> answer(client, body));
  }

  @Test
  void hostOrderOfMembersWhiteSpaceAndHowNumbersAreWrittenDoNotMatter() throws Exception {
    OkHttpClient client = replaying(chat(QUESTION, "one"));
    assertThat(
            answer(
                client,
                """
                {"temperature": 1.0,
                 "messages": [{"content": "Hi", "role": "user"}], "model": "m"}
                """))
        .isEqualTo("one");
  }

  @Test
  void numbersBeyondThePrecisionOfADoubleAreToldApart() throws Exception {
    OkHttpClient client = replaying(chat("{\"seed\":9007199254740993}", "one"));
    isMissed(client, "{\"seed\":9007199254740992}");
    assertThat(answer(client, "{\"seed\":9007199254740993.0}")).isEqualTo("one");
  }

  @Test
  void orderInArraysAndTypesDoMatter() {
    isMissed(replaying(chat("{\"a\":[1,2]}", "one")), "{\"a\":[2,1]}");
    isMissed(replaying(chat("{\"a\":1}", "one")), "{\"a\":\"1\"}");
  }

  @Test
  void methodAndPathMatter() {
    OkHttpClient client = replaying(chat(QUESTION, "one"));
    assertThatExceptionOfType(ReplayMissException.class)
        .isThrownBy(() -> text(client, ask("http://recorded.invalid/v1/responses", QUESTION)));
    Request put = ask(CHAT, QUESTION).newBuilder().put(RequestBody.create(QUESTION, null)).build();
    assertThatExceptionOfType(ReplayMissException.class).isThrownBy(() -> text(client, put));
  }

  @Test
  void theQueryIsASetWithoutItsSecrets() throws Exception {
    OkHttpClient client =
        replaying(post("http://recorded.invalid/x?b=2&key=[REDACTED]&a=1", "{}", "one"));
    assertThat(text(client, ask("http://other.invalid/x?a=1&b=2&key=AIzaSomething", "{}")))
        .isEqualTo("one");
    assertThatExceptionOfType(ReplayMissException.class)
        .isThrownBy(() -> text(client, ask("http://other.invalid/x?a=1&b=3&key=k", "{}")))
        .withMessageContaining("the query was a=1&b=2&key=[REDACTED], now is a=1&b=3");
  }

  @Test
  void whatRedactionTookAwayIsTakenFromTheCallToo() throws Exception {
    OkHttpClient client =
        replaying(chat("{\"api_key\":\"[REDACTED]\",\"q\":\"my key is [REDACTED]\"}", "one"));
    assertThat(
            answer(
                client,
                "{\"api_key\":\"other\",\"q\":\"my key is sk-proj-abcdefghijklmnopqrstuvwx1234\"}"))
        .isEqualTo("one");
  }

  @Test
  void aRecordingThatWasNotRedactedIsFoundToo() throws Exception {
    OkHttpClient client = replaying(chat("{\"api_key\":\"secret-one\"}", "one"));
    assertThat(answer(client, "{\"api_key\":\"secret-two\"}")).isEqualTo("one");
  }

  @Test
  void theRedactorCanBeThatOfTheRecording() throws Exception {
    Trace recorded = chat("{\"customer\":\"[REDACTED]\"}", "one");
    isMissed(replaying(of(recorded).build()), "{\"customer\":\"Ada\"}");
    ReplayInterceptor replay =
        of(recorded).redactor(Redactor.secrets().withField("customer")).build();
    assertThat(answer(replaying(replay), "{\"customer\":\"Ada\"}")).isEqualTo("one");
  }

  @Test
  void fieldsCanBeIgnored() throws Exception {
    Trace recorded = chat("{\"run\":{\"id\":1},\"m\":[{\"id\":\"a\",\"c\":1},{\"c\":2}]}", "one");
    ReplayInterceptor replay = of(recorded).ignoring("/run/id", "/m/*/id").build();
    assertThat(
            answer(
                replaying(replay), "{\"run\":{\"id\":2},\"m\":[{\"c\":1},{\"id\":\"b\",\"c\":2}]}"))
        .isEqualTo("one");
    isMissed(replaying(of(recorded).ignoring("/run").build()), "{\"m\":[{\"c\":1},{\"c\":2}]}");
  }

  @Test
  void aFieldToIgnoreIsAJsonPointer() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReplayInterceptor.builder().ignoring("metadata"))
        .withMessage(
            "ignoring: expected a JSON pointer such as /metadata/run_id, got \"metadata\"");
    assertThatIllegalArgumentException().isThrownBy(() -> ReplayInterceptor.builder().ignoring(""));
  }

  @Test
  void looselyOnlyModelAndMessagesMatter() throws Exception {
    ReplayInterceptor replay =
        of(chat(QUESTION, "one")).matching(ReplayMatching.BY_MODEL_AND_MESSAGES).build();
    OkHttpClient client = replaying(replay);
    isMissed(client, QUESTION.replace("Hi", "Ho"));
    assertThat(
            text(
                client,
                ask(
                    "http://gateway.invalid/openai/chat/completions?v=2",
                    QUESTION.replace("\"temperature\":1", "\"temperature\":0,\"tools\":[]"))))
        .isEqualTo("one");
  }

  @Test
  void looselyThePathTellsTheModelIfTheBodyDoesNot() throws Exception {
    String flash = "http://recorded.invalid/v1beta/models/flash:generateContent";
    String body = "{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}]}";
    ReplayInterceptor replay =
        of(post(flash, body, "one")).matching(ReplayMatching.BY_MODEL_AND_MESSAGES).build();
    OkHttpClient client = replaying(replay);
    assertThatExceptionOfType(ReplayMissException.class)
        .isThrownBy(() -> text(client, ask(flash.replace("flash", "pro"), body)));
    assertThat(text(client, ask(flash, body))).isEqualTo("one");
  }

  @Test
  void byStepNothingMattersButTheOrderOfStepsAndCalls() throws Exception {
    Trace first = chat("{}", "step 0").toBuilder().callNumber(1).build();
    Trace second = chat("{}", "step 1, call 2").toBuilder().stepIndex(1).callNumber(2).build();
    Trace third = chat("{}", "step 1, call 3").toBuilder().stepIndex(1).callNumber(3).build();
    OkHttpClient client =
        replaying(of(third, first, second).matching(ReplayMatching.BY_STEP).build());
    assertThat(answer(client, "{\"a\":1}")).isEqualTo("step 0");
    assertThat(answer(client, "{\"a\":1}")).isEqualTo("step 1, call 2");
    assertThat(answer(client, "{\"a\":1}")).isEqualTo("step 1, call 3");
    isMissed(client, "{\"a\":1}");
  }

  @Test
  void equalCallsAreAnsweredInTheirOrderAndThenMissed() throws Exception {
    OkHttpClient client = replaying(chat(QUESTION, "one"), chat("{}", "x"), chat(QUESTION, "two"));
    assertThat(answer(client, QUESTION)).isEqualTo("one");
    assertThat(answer(client, QUESTION)).isEqualTo("two");
    assertThatExceptionOfType(ReplayMissException.class)
        .isThrownBy(() -> answer(client, QUESTION))
        .withMessageContaining("POST /v1/chat/completions")
        .withMessageContaining("all 2 of this call were used up");
  }

  @Test
  void theLastOfEqualRecordingsCanBeRepeated() throws Exception {
    ReplayInterceptor replay = of(chat("{}", "one"), chat("{}", "two")).repeatLast(true).build();
    OkHttpClient client = replaying(replay);
    assertThat(answer(client, "{}")).isEqualTo("one");
    assertThat(answer(client, "{}")).isEqualTo("two");
    assertThat(answer(client, "{}")).isEqualTo("two");
    isMissed(client, QUESTION);
  }

  @Test
  void whatIsInProgressAnswersNothing() {
    Trace underWay = chat("{}", "half").toBuilder().status(TraceStatus.IN_PROGRESS).build();
    isMissed(replaying(underWay), "{}");
  }

  @Test
  void whatOtherToolsRecordedHasAPathOnly() throws Exception {
    OkHttpClient client = replaying(post("/v1/chat/completions", QUESTION, "one"));
    assertThat(answer(client, QUESTION)).isEqualTo("one");
  }

  @Test
  void bodiesThatAreNotJsonAreComparedAsTexts() throws Exception {
    OkHttpClient client = replaying(chat("a=1&b=2", "one"));
    isMissed(client, "b=2&a=1");
    assertThat(answer(client, "a=1&b=2")).isEqualTo("one");
  }

  @Test
  void theBoundaryOfAMultipartBodyDoesNotMatter() throws Exception {
    Buffer written = new Buffer();
    multipart("first-boundary").writeTo(written);
    Trace recorded =
        chat("", "one").toBuilder()
            .request(
                TraceRequest.of(
                    "POST",
                    CHAT,
                    HttpHeaders.empty(),
                    TraceBody.of(
                        written.readByteArray(), "multipart/form-data; boundary=first-boundary")))
            .build();
    Request request = ask(CHAT, "").newBuilder().post(multipart("another-one")).build();
    assertThat(text(replaying(recorded), request)).isEqualTo("one");
  }

  private static RequestBody multipart(String boundary) {
    return new MultipartBody.Builder(boundary)
        .setType(MultipartBody.FORM)
        .addFormDataPart("model", "whisper")
        .build();
  }

  @Test
  void aCompressedCallIsComparedAsWhatItSays() throws Exception {
    Buffer zipped = new Buffer();
    try (var gzip = Okio.buffer(new GzipSink(zipped))) {
      gzip.writeUtf8(QUESTION);
    }
    Request request =
        ask(CHAT, "")
            .newBuilder()
            .header("Content-Encoding", "gzip")
            .post(RequestBody.create(zipped.readByteArray(), MediaType.get("application/json")))
            .build();
    assertThat(text(replaying(chat(QUESTION, "one")), request)).isEqualTo("one");
  }
}
