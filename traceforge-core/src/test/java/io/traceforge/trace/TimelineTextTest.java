package io.traceforge.trace;

import static io.traceforge.trace.Traces.failed;
import static io.traceforge.trace.Traces.open;
import static io.traceforge.trace.Traces.request;
import static io.traceforge.trace.Traces.took;
import static io.traceforge.trace.Traces.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.traceforge.internal.Cells;
import io.traceforge.trace.SessionTimeline.Child;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a drawn timeline looks like. */
class TimelineTextTest {
  private static final String HOSTILE =
      "\u001b[31mred\u001b]0;title\u0007\r\n\t\u009b2J \u202eevil\u2066 \u2028 \ud800 \u0000";

  private static SessionTimeline timeline(
      SessionMetadata.Builder metadata, Trace.Builder... traces) {
    return SessionTimeline.of(
        metadata.build(), Stream.of(traces).map(Trace.Builder::build).toList());
  }

  private static SessionMetadata.Builder session(String id, long from, long to) {
    return SessionMetadata.builder(id)
        .startTime(Traces.at(from))
        .endTime(Traces.at(to))
        .durationMs(to - from);
  }

  private static TraceMetadata.Builder metadata(long millis, long firstToken, long tokens) {
    TraceTiming.Builder timing = TraceTiming.builder().total(Duration.ofMillis(millis));
    if (firstToken > 0) {
      timing.toFirstToken(Duration.ofMillis(firstToken));
    }
    return TraceMetadata.builder()
        .requestModel("gpt-4o-mini")
        .usage(TokenUsage.builder().totalTokens(tokens).build())
        .timing(timing.build());
  }

  /** An agent with a stream, a retry, parallel tools, a loss, and an agent that it called. */
  private static SessionTimeline agent() {
    SessionTimeline child =
        timeline(
            session("hotel", 1_500, 1_900)
                .status(SessionStatus.COMPLETED)
                .totalSteps(1)
                .totalCalls(1),
            trace("h", 1_500, 1_900)
                .metadata(metadata(400, 0, 70).requestModel("haiku").build())
                .stateJson("{\"city\": \"Paris\"}"));
    return timeline(
            session("flight", 0, 4_000)
                .status(SessionStatus.FAILED)
                .statusReason("step 2 ended in an error")
                .totalSteps(3)
                .totalCalls(5)
                .retryCount(1)
                .lostTraces(3)
                .modelsUsed(List.of("gpt-4o-mini"))
                .usage(TokenUsage.builder().totalTokens(321L).build()),
            trace("a", 0, 1_000)
                .callNumber(1)
                .metadata(metadata(1_000, 500, 21).build())
                .stateJson("{\"query\": \"Book a flight\", \"old\": 1}"),
            failed("b1", 1_000, 1_200).callNumber(2).stepIndex(1).request(request("[1]")),
            trace("b2", 1_300, 2_000)
                .callNumber(3)
                .stepIndex(1)
                .request(request("[1]"))
                .metadata(
                    metadata(700, 0, 200)
                        .toolCalls(List.of(ToolCall.of(null, "search_flights", "{}")))
                        .build()),
            trace("c", 1_500, 2_500)
                .callNumber(6)
                .stepIndex(1)
                .request(request("[2]"))
                .metadata(metadata(1_000, 0, 100).build())
                .stateJson("{\"query\": \"Book a train\", \"n\": {\"a\": [1]}}"),
            failed("d", 2_500, 4_000)
                .callNumber(7)
                .stepIndex(2)
                .stateJson("{\"query\": \"Book a train\", \"n\": {\"a\": [1]}}"))
        .withChildren(List.of(new Child("b2", child)));
  }

  private static TraceCosts costs() {
    return trace -> trace.id().equals("d") ? null : new BigDecimal("0.00123");
  }

  @Test
  void eightyCellsWide() {
    assertThat(agent().toText(80))
        .isEqualTo(
            """
            Session flight: failed, step 2 ended in an error
            3 steps, 5 calls, 4.00 s, 321 tokens, 1 retry, 3 lost
            Models: gpt-4o-mini

            STEP  TIME              OFFSET  DURATION  MODEL        TOKENS  STATUS
            0     ░░██············    0 ms    1.00 s  gpt-4o-mini      21  success
                  + /old 1
                  + /query "Book a flight"
            1     ····█···········  1.00 s    200 ms  -                 -  error
                  attempt 1 of 2, parallel, server_error: boom
                  ·····███········  1.30 s    700 ms  gpt-4o-mini     200  success
                  attempt 2 of 2, parallel, asks for search_flights
                  + /n {"a":[1]}
                  ~ /query "Book a flight" → "Book a train"
                  - /old 1
              └ Session hotel: completed
              0   ······██········  1.50 s    400 ms  haiku            70  success
                    + /city "Paris"
                  ~~ 2 calls lost here: numbers 4 to 5 ~~
                  ······████······  1.50 s    1.00 s  gpt-4o-mini     100  success, parallel
            2     ··········██████  2.50 s    1.50 s  -                 -  error
                  server_error: boom
                  ~~ 1 call lost, nobody knows where ~~
            """);
  }

  @Test
  void fortyCellsWide() {
    assertThat(agent().toText(40))
        .isEqualTo(
            """
            Session flight: failed, step 2 ended in…
            3 steps, 5 calls, 4.00 s, 321 tokens
            1 retry, 3 lost
            Models: gpt-4o-mini

            STEP  TIME      DURATION  STATUS
            0     ░█······    1.00 s  success
                  + /old 1
                  + /query "Book a flight"
            1     ··█·····    200 ms  error
                  attempt 1 of 2, parallel
                  server_error: boom
                  ···█····    700 ms  success
                  attempt 2 of 2, parallel
                  asks for search_flights
                  + /n {"a":[1]}
                  ~ /query "Book a… → "Book a train"
                  - /old 1
              └ Session hotel: completed
              0   ···█····    400 ms  success
                    + /city "Paris"
                  ~~ 2 calls lost here: numbers 4 t…
                  ···██···    1.00 s  success
                  parallel
            2     ·····███    1.50 s  error
                  server_error: boom
                  ~~ 1 call lost, nobody knows wher…
            """);
  }

  @Test
  void wideWithCosts() {
    assertThat(agent().toText(TextOptions.ofWidth(120).withCosts(costs())))
        .isEqualTo(
            """
            Session flight: failed, step 2 ended in an error
            3 steps, 5 calls, 4.00 s, 321 tokens, 1 retry, 3 lost, $0.00492 and unknown costs
            Models: gpt-4o-mini

            STEP  TIME                      OFFSET  DURATION  MODEL        TOKENS      COST  STATUS
            0     ░░░███··················    0 ms    1.00 s  gpt-4o-mini      21  $0.00123  success
                  + /old 1
                  + /query "Book a flight"
            1     ······█·················  1.00 s    200 ms  -                 -  $0.00123  error, attempt 1 of 2, parallel
                  server_error: boom
                  ········████············  1.30 s    700 ms  gpt-4o-mini     200  $0.00123  success, attempt 2 of 2, parallel
                  asks for search_flights
                  + /n {"a":[1]}
                  ~ /query "Book a flight" → "Book a train"
                  - /old 1
              └ Session hotel: completed
              0   ·········██·············  1.50 s    400 ms  haiku            70  $0.00123  success
                    + /city "Paris"
                  ~~ 2 calls lost here: numbers 4 to 5 ~~
                  ·········██████·········  1.50 s    1.00 s  gpt-4o-mini     100  $0.00123  success, parallel
            2     ···············█████████  2.50 s    1.50 s  -                 -         -  error, server_error: boom
                  ~~ 1 call lost, nobody knows where ~~
            """);
  }

  @Test
  void colorsOnlyOnRequestAndOnTopOfTheSameText() {
    String colored = agent().toText(TextOptions.ofWidth(80).withColors());

    assertThat(agent().toText(80)).doesNotContain("\u001b");
    assertThat(colored).contains("\u001b[31m", "\u001b[32m", "\u001b[33m");
    assertThat(withoutTrailingSpace(colored.replaceAll("\u001b\\[[0-9]*m", "")))
        .isEqualTo(agent().toText(80));
  }

  private static String withoutTrailingSpace(String text) {
    return text.replaceAll(" +\n", "\n");
  }

  @Test
  void wideCharactersKeepColumnsAligned() {
    String text =
        timeline(
                session("s", 0, 20).modelsUsed(List.of("模型")),
                trace("a", 0, 10).metadata(took(10).requestModel("模型").build()),
                trace("b", 0, 10)
                    .request(request("[]"))
                    .metadata(took(10).requestModel("e\u0301te\u0301").build()),
                trace("c", 0, 10)
                    .request(request("1"))
                    .metadata(took(10).requestModel("👨‍👩‍👧🇫🇷").build()),
                trace("d", 0, 10)
                    .request(request("2"))
                    .metadata(took(10).requestModel("plain").build()))
            .toText(80);
    List<String> rows = text.lines().filter(line -> line.contains("success")).toList();

    assertThat(rows)
        .hasSize(4)
        .extracting(row -> Cells.width(row.substring(0, row.indexOf("success"))))
        .containsOnly(Cells.width(rows.get(3).substring(0, rows.get(3).indexOf("success"))));
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 71, 72, 80, 90, 200})
  void noLineIsWiderThanAskedFor(int width) {
    List<SessionTimeline> timelines = new ArrayList<>(List.of(agent(), hostile()));
    timelines.add(
        timeline(
            session("s".repeat(300), 0, Integer.MAX_VALUE * 1000L)
                .statusReason("r".repeat(300))
                .usage(TokenUsage.builder().totalTokens(Long.MAX_VALUE).build()),
            trace("a", 0, Integer.MAX_VALUE * 1000L)
                .stepIndex(Integer.MAX_VALUE)
                .callNumber(Integer.MAX_VALUE)
                .stateJson("{\"" + "key".repeat(99) + "\": \"" + "汉".repeat(99) + "\"}")
                .metadata(
                    metadata(Integer.MAX_VALUE * 1000L, 1, Long.MAX_VALUE)
                        .requestModel("模".repeat(99))
                        .build())));
    for (SessionTimeline timeline : timelines) {
      assertThat(timeline.toText(TextOptions.ofWidth(width).withCosts(costs())).lines())
          .allMatch(line -> Cells.width(line) <= width);
    }
  }

  private static SessionTimeline hostile() {
    return timeline(
        session("s" + HOSTILE, 0, 10)
            .statusReason(HOSTILE)
            .modelsUsed(List.of(HOSTILE))
            .status(SessionStatus.FAILED),
        failed("a", 0, 10)
            .error(TraceError.of(HOSTILE, HOSTILE, null))
            .stateJson("{\"k\u202e\": \"a\u0085\u2066\"}")
            .metadata(
                took(10)
                    .requestModel(HOSTILE)
                    .toolCalls(List.of(ToolCall.of(null, HOSTILE, HOSTILE)))
                    .build()));
  }

  @Test
  void whatWasRecordedControlsNoTerminal() {
    assertThat(hostile().toText(200).replace("\n", "").codePoints())
        .allMatch(c -> c >= ' ' && Character.getType(c) != Character.CONTROL)
        .noneMatch(c -> Character.getType(c) == Character.FORMAT)
        .noneMatch(c -> Character.getType(c) == Character.SURROGATE)
        .noneMatch(c -> Character.getType(c) == Character.LINE_SEPARATOR);
    assertThat(hostile().toText(200)).contains("s␛[31mred␛]0;title␇");
  }

  @Test
  void thousandsOfLevelsAreDrawn() {
    SessionTimeline timeline = timeline(session("s0", 0, 10), trace("t", 0, 10));
    for (int i = 0; i < 3_000; i++) {
      timeline =
          timeline(session("s", 0, 10), trace("t", 0, 10))
              .withChildren(List.of(new Child("t", timeline)));
    }
    assertThat(timeline.toText(80)).contains("(level 3000) Session s0");
  }

  @Test
  void theStatusIsSeenHoweverLongTheId() {
    String id = "01940000-89ab-7cde-8012-3456789abcde";
    SessionTimeline child = timeline(session(id, 0, 9).status(SessionStatus.COMPLETED));
    SessionTimeline parent =
        timeline(
                session(id, 0, 10).status(SessionStatus.FAILED).statusReason("the tool broke"),
                trace("t", 0, 10))
            .withChildren(List.of(new Child("t", child)));

    assertThat(parent.toText(40))
        .startsWith(
            """
            Session 01940000-89ab-7cde-8012-3456789…
            failed, the tool broke
            0 steps, 0 calls, 10 ms, 0 tokens
            """)
        .endsWith("  └ Session 01940000-89ab-7cde-8012-345…\n    completed\n");
    assertThat(parent.toText(60))
        .startsWith("Session " + id + ": failed, th")
        .contains("Session " + id + ": completed\n");
  }

  @Test
  void stateValuesHaveTheWholeWidth() {
    String before = "b".repeat(100);
    String after = "a".repeat(100);
    SessionTimeline timeline =
        timeline(
            session("s", 0, 20),
            trace("1", 0, 10).stateJson("{\"k\": \"" + before + "\"}"),
            trace("2", 10, 20).stepIndex(1).stateJson("{\"k\": \"" + after + "\"}"));

    assertThat(timeline.toText(300))
        .contains("+ /k \"" + before + "\"\n")
        .contains("~ /k \"" + before + "\" → \"" + after + "\"\n");
    assertThat(timeline.toText(160).lines().filter(line -> line.contains("/k")))
        .anyMatch(line -> line.contains("+ /k \"" + before))
        .anyMatch(
            line -> line.contains("~ /k \"bbb") && line.endsWith("→ \"" + "a".repeat(96) + "…"));
  }

  @Test
  void aSessionWithoutCallsHasItsHeaderOnly() {
    assertThat(timeline(SessionMetadata.builder("s")).toText(80))
        .isEqualTo("Session s: in progress\n0 steps, 0 calls, 0 ms, 0 tokens\n");
  }

  @Test
  void aCallThatGoesOnReachesToTheEnd() {
    String text =
        timeline(session("s", 0, 100), trace("a", 0, 100), open("b", 50).request(request("[]")))
            .toText(80);

    assertThat(text).contains("████████████████", "········░░░░░░░░");
  }

  @Test
  void tooNarrowIsRefused() {
    assertThatThrownBy(() -> agent().toText(39))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("width: expected at least 40, got 39");
  }

  @Test
  void whatWasSetAfterTheLastCallStandsLast() {
    SessionMetadata.Builder ended =
        session("s", 0, 100).finalState(FinalState.of(1, "{\"query\":\"Rome\",\"answer\":2}"));
    Trace.Builder call = trace("a", 0, 100).stateJson("{\"query\":\"Paris\"}");
    assertThat(timeline(ended, call).toText(80))
        .endsWith(
            """
                  after the last call:
                  + /answer 2
                  ~ /query "Paris" → "Rome"
            """);
  }

  @Test
  void aSessionWithoutCallsShowsWhatItKnewAtTheEnd() {
    SessionMetadata.Builder ended = session("s", 0, 0).finalState(FinalState.of(0, "{\"a\":1}"));
    assertThat(timeline(ended).toText(80)).contains("after the last call:").contains("+ /a 1");
  }

  @Test
  void anEndThatChangedNothingIsNotShown() {
    SessionMetadata.Builder ended = session("s", 0, 1).finalState(FinalState.of(0, "{\"a\":1}"));
    Trace.Builder call = trace("a", 0, 1).stateJson("{\"a\": 1}");
    assertThat(timeline(ended, call).toText(80)).doesNotContain("after the last call");
  }
}
