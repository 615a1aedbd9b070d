package io.traceforge.comparison;

import com.google.gson.JsonElement;
import io.traceforge.protocol.LlmProtocols;
import io.traceforge.trace.SessionTimeline.Call;
import io.traceforge.trace.StateDiff;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceCosts;
import io.traceforge.trace.TraceError;
import io.traceforge.trace.TraceResponse;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares pairs of calls, in the order of their sessions. */
final class CallComparison {
  /** What cannot be read has no text, which is compared as such. */
  private final LlmProtocols protocols = LlmProtocols.known(failure -> {});

  private final @Nullable TraceCosts costs;
  private List<String> messagesBefore = List.of();
  private List<String> messagesAfter = List.of();

  CallComparison(@Nullable TraceCosts costs) {
    this.costs = costs;
  }

  ComparedCall compare(@Nullable Call before, @Nullable Call after) {
    List<Difference> differences =
        before == null || after == null ? List.of() : differences(before, after);
    if (before != null) {
      messagesBefore = Prompt.messages(before.lastAttempt());
    }
    if (after != null) {
      messagesAfter = Prompt.messages(after.lastAttempt());
    }
    return ComparedCall.of(before, after, differences);
  }

  private List<Difference> differences(Call before, Call after) {
    Trace a = before.lastAttempt();
    Trace b = after.lastAttempt();
    List<Difference> found = new ArrayList<>();
    add(found, "prompt", Prompt.newIn(a, messagesBefore), Prompt.newIn(b, messagesAfter));
    add(found, "model", before.model(), after.model());
    add(found, "status", status(a), status(b));
    add(found, "answer", answer(a), answer(b));
    add(found, "tool calls", toolCalls(before), toolCalls(after));
    addState(found, StateDiff.between(a.stateSnapshot(), b.stateSnapshot()));
    add(found, "tokens", before.usage().totalTokens(), after.usage().totalTokens());
    add(found, "cost", cost(before), cost(after));
    add(found, Difference.TIME, before.durationMs() + " ms", after.durationMs() + " ms");
    return found;
  }

  private static void add(
      List<Difference> found, String what, @Nullable Object before, @Nullable Object after) {
    if (!Objects.equals(before, after)) {
      found.add(Difference.of(what, Objects.toString(before, ""), Objects.toString(after, "")));
    }
  }

  private static void addState(List<Difference> found, StateDiff diff) {
    diff.added().forEach((path, value) -> add(found, state(path), null, value));
    diff.changed().forEach((p, change) -> add(found, state(p), change.before(), change.after()));
    diff.removed().forEach((path, value) -> add(found, state(path), value, (JsonElement) null));
  }

  private static String state(String path) {
    return "state " + path;
  }

  private static String status(Trace trace) {
    TraceError error = trace.error();
    String status = trace.status().name().toLowerCase(Locale.ROOT);
    return error == null ? status : status + ", " + error;
  }

  /** Returns the model's text; of a call that no protocol understands, the response's body. */
  private @Nullable String answer(Trace trace) {
    TraceResponse response = trace.response();
    if (response == null) {
      return null;
    }
    if (trace.metadata().provider() != null) {
      return protocols.interpret(trace).text();
    }
    TraceBody body = response.answerBody();
    return body == null ? null : body.text();
  }

  private static String toolCalls(Call call) {
    return call.toolCalls().stream()
        .map(tool -> tool.name() + "(" + tool.arguments() + ")")
        .collect(Collectors.joining(", "));
  }

  private @Nullable String cost(Call call) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Trace attempt : call.attempts()) {
      BigDecimal usd = costs == null ? null : costs.usdOf(attempt);
      if (usd == null) {
        return null;
      }
      sum = sum.add(usd);
    }
    return sum.stripTrailingZeros().toPlainString() + " USD";
  }
}
