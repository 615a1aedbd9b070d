package io.traceforge.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionTimeline;
import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.ToolCall;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceMetadata;
import io.traceforge.trace.TraceRequest;
import io.traceforge.trace.TraceResponse;
import io.traceforge.trace.TraceStatus;
import io.traceforge.trace.Traces;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionComparisonTest {
  private static final String SYSTEM = "{\"role\":\"system\",\"content\":\"Be brief.\"}";

  /** Returns a chat whose request has all the given user messages and whose answer is a text. */
  private static Trace.Builder chat(int step, String answer, String... messages) {
    StringBuilder body = new StringBuilder("{\"model\":\"m\",\"messages\":[" + SYSTEM);
    for (String message : messages) {
      body.append(",{\"role\":\"user\",\"content\":\"").append(message).append("\"}");
    }
    String response =
        "{\"choices\":[{\"message\":{\"content\":\"" + answer + "\"},\"finish_reason\":\"stop\"}]}";
    return Traces.trace("t" + step, step * 100L, step * 100L + 50)
        .stepIndex(step)
        .metadata(metadata().build())
        .request(
            TraceRequest.of(
                "POST",
                "https://llm.test/v1/chat/completions",
                HttpHeaders.empty(),
                TraceBody.ofText(body + "]}", "application/json")))
        .response(
            TraceResponse.of(
                200, HttpHeaders.empty(), TraceBody.ofText(response, "application/json"), null));
  }

  private static TraceMetadata.Builder metadata() {
    return Traces.took(50)
        .provider("openai")
        .requestModel("m")
        .usage(TokenUsage.builder().totalTokens(5L).build());
  }

  private static SessionTimeline session(String id, Trace.Builder... traces) {
    SessionMetadata metadata =
        SessionMetadata.builder(id).totalSteps(traces.length).totalCalls(traces.length).build();
    return SessionTimeline.of(metadata, Stream.of(traces).map(Trace.Builder::build).toList());
  }

  private static List<Difference> differences(Trace.Builder before, Trace.Builder after) {
    SessionComparison comparison =
        SessionComparison.between(session("a", before), session("b", after));
    assertThat(comparison.isEmpty()).isFalse();
    return comparison.calls().get(0).differences();
  }

  private static List<String> aligned(SessionComparison comparison) {
    return comparison.calls().stream()
        .map(call -> step(call.before()) + "-" + step(call.after()))
        .toList();
  }

  private static String step(SessionTimeline.@Nullable Call call) {
    return call == null ? "" : "" + call.lastAttempt().stepIndex();
  }

  @Test
  void aSessionDoesNotDifferFromItself() {
    SessionTimeline session = session("a", chat(0, "yes", "one"), chat(1, "no", "one", "two"));
    SessionComparison comparison = SessionComparison.between(session, session);

    assertThat(comparison.isEmpty()).isTrue();
    assertThat(comparison.calls()).hasSize(2).allMatch(ComparedCall::isSame);
    assertThat(comparison.toText(80)).endsWith("No call differs\n");
  }

  @Test
  void timeAloneIsNoDifferenceThatMatters() {
    SessionTimeline slow =
        session(
            "b",
            chat(0, "yes", "one")
                .metadata(metadata().timing(Traces.took(90).build().timing()).build()));
    SessionComparison comparison =
        SessionComparison.between(session("a", chat(0, "yes", "one")), slow);

    assertThat(comparison.isEmpty()).isTrue();
    assertThat(comparison.calls().get(0).differences())
        .containsExactly(Difference.of("time", "50 ms", "90 ms"));
  }

  @Test
  void onlyTheNewMessagesOfAPromptAreCompared() {
    SessionComparison comparison =
        SessionComparison.between(
            session("a", chat(0, "yes", "one"), chat(1, "yes", "one", "same")),
            session("b", chat(0, "yes", "uno"), chat(1, "yes", "uno", "same")));

    assertThat(comparison.calls().get(0).differences())
        .containsExactly(
            Difference.of(
                "prompt", "system: Be brief.\nuser: one", "system: Be brief.\nuser: uno"));
    assertThat(comparison.calls().get(1).differences()).isEmpty();
  }

  @Test
  void theAnswersTextIsReadFromTheResponse() {
    assertThat(differences(chat(0, "yes", "q"), chat(0, "no", "q")))
        .containsExactly(Difference.of("answer", "yes", "no"));
  }

  @Test
  void modelToolsTokensStatusAndState() {
    TraceMetadata other =
        metadata()
            .requestModel("n")
            .usage(TokenUsage.unknown())
            .toolCalls(List.of(ToolCall.of(null, "find", "{}")))
            .build();
    Trace.Builder after =
        chat(0, "yes", "q")
            .metadata(other)
            .status(TraceStatus.CANCELLED)
            .stateJson("{\"x\":2,\"new\":true}");

    assertThat(differences(chat(0, "yes", "q").stateJson("{\"x\":1,\"old\":[]}"), after))
        .containsExactly(
            Difference.of("model", "m", "n"),
            Difference.of("status", "success", "cancelled"),
            Difference.of("tool calls", "", "find({})"),
            Difference.of("state /new", "", "true"),
            Difference.of("state /x", "1", "2"),
            Difference.of("state /old", "[]", ""),
            Difference.of("tokens", "5", ""));
  }

  @Test
  void costsIfPricesAreGiven() {
    SessionComparison comparison =
        SessionComparison.between(
            session("a", chat(0, "yes", "q")),
            session("b", chat(0, "yes", "q").id("dear")),
            trace -> new BigDecimal(trace.id().equals("dear") ? "0.20" : "0.1"));

    assertThat(comparison.calls().get(0).differences())
        .containsExactly(Difference.of("cost", "0.1 USD", "0.2 USD"));
  }

  @Test
  void stepsWithTheSameIndicesAreSideBySide() {
    assertThat(
            aligned(
                SessionComparison.between(
                    session("a", chat(0, "", "x"), chat(1, "", "y")),
                    session("b", chat(0, "", "y"), chat(1, "", "z")))))
        .containsExactly("0-0", "1-1");
  }

  @Test
  void anInsertedStepMovesTheOthers() {
    SessionComparison comparison =
        SessionComparison.between(
            session("a", chat(0, "", "x"), chat(1, "", "y"), chat(2, "", "z")),
            session("b", chat(0, "", "x"), chat(1, "", "new"), chat(2, "", "y"), chat(3, "", "z")));

    assertThat(aligned(comparison)).containsExactly("0-0", "-1", "1-2", "2-3");
    assertThat(comparison.isEmpty()).isFalse();
    assertThat(comparison.toText(80)).contains("Step 1: a call more");
  }

  @Test
  void aStepThatIsGoneIsACallLess() {
    SessionComparison comparison =
        SessionComparison.between(
            session("a", chat(0, "", "x"), chat(1, "", "y"), chat(2, "", "z")),
            session("b", chat(0, "", "x"), chat(1, "", "z")));

    assertThat(aligned(comparison)).containsExactly("0-0", "1-", "2-1");
    assertThat(comparison.toText(80)).contains("Step 1: a call less");
  }

  @Test
  void aCallThatAProcessLeftUnansweredIsACallMore() {
    Trace.Builder left =
        chat(0, "", "x")
            .id("left")
            .status(TraceStatus.IN_PROGRESS)
            .response(null)
            .metadata(TraceMetadata.builder().build());
    Trace.Builder again = chat(0, "yes", "x").startTime(Traces.at(10));
    SessionComparison comparison =
        SessionComparison.between(
            session("a", chat(0, "yes", "x"), chat(1, "no", "x", "y")),
            session("b", left, again, chat(1, "no", "x", "y")));

    assertThat(aligned(comparison)).containsExactly("0-0", "-0", "1-1");
    assertThat(comparison.calls()).filteredOn(call -> !call.isSame()).hasSize(1);
    assertThat(comparison.calls().get(1).after().status()).isEqualTo(TraceStatus.IN_PROGRESS);
  }

  @Test
  void whatHasNothingInCommonIsPairedInOrder() {
    assertThat(
            aligned(
                SessionComparison.between(
                    session("a", chat(0, "", "x"), chat(1, "", "y")),
                    session("b", chat(4, "", "z")))))
        .containsExactly("0-4", "1-");
  }

  @Test
  void thousandsOfStepsAreComparedInOrder() {
    Trace.Builder[] many =
        IntStream.range(0, 3_000)
            .mapToObj(i -> Traces.trace("t" + i, i, i + 1).stepIndex(i))
            .toArray(Trace.Builder[]::new);
    Trace.Builder[] more =
        IntStream.range(1, 3_001)
            .mapToObj(i -> Traces.trace("t" + i, i, i + 1).stepIndex(i))
            .toArray(Trace.Builder[]::new);

    assertThat(SessionComparison.between(session("a", many), session("b", more)).calls())
        .hasSize(3_000);
  }

  @Test
  void aTextForPeople() {
    String text =
        SessionComparison.between(
                session(
                    "monday", chat(0, "yes", "one"), chat(1, "The train leaves at nine.", "two")),
                session(
                    "tuesday",
                    chat(0, "no", "one"),
                    chat(1, "The train leaves at ten, " + "I think. ".repeat(9), "two")))
            .toText(60);

    assertThat(text)
        .isEqualTo(
            """
            - Session monday
              2 steps, 2 calls, 0 tokens, 0 ms
            + Session tuesday
              2 steps, 2 calls, 0 tokens, 0 ms
            2 of 2 calls differ

            Step 0
              answer: yes → no

            Step 1
              answer
                - The train leaves at nine.
                + The train leaves at ten, I think. I think. I think. I…
            """);
  }

  @Test
  void whatWasRecordedControlsNoTerminal() {
    String text =
        SessionComparison.between(
                session("a\u001b[2J", chat(0, "x\u202e\\u001b[31m", "q")),
                session("b", chat(0, "y", "q").stateJson("{\"\u0085k\":1}")))
            .toText(60);

    assertThat(text.replace("\n", "").codePoints())
        .noneMatch(c -> Character.getType(c) == Character.CONTROL)
        .noneMatch(c -> Character.getType(c) == Character.FORMAT);
  }

  @Test
  void tooNarrowIsRefused() {
    SessionComparison comparison = SessionComparison.between(session("a"), session("b"));

    assertThat(comparison.isEmpty()).isTrue();
    assertThatThrownBy(() -> comparison.toText(39)).hasMessageContaining("got 39");
  }

  @Test
  void longTextsAreShownFromWhereTheyDiffer() {
    String same = "The same words again and again. ".repeat(9);
    String text =
        SessionComparison.between(
                session("a", chat(0, same + "Yes.", "q")), session("b", chat(0, same + "No.", "q")))
            .toText(40);

    assertThat(text).contains("    - … and again. Yes.\n    + … and again. No.\n");
  }
}
