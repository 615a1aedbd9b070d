package io.traceforge.trace;

import com.google.gson.stream.JsonWriter;
import io.traceforge.internal.JsonText;
import io.traceforge.trace.SessionTimeline.Call;
import io.traceforge.trace.SessionTimeline.Descendant;
import io.traceforge.trace.SessionTimeline.Gap;
import io.traceforge.trace.SessionTimeline.Step;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes a timeline as JSON. Sessions below it stand in a list, not in one another: readers of JSON
 * have their limits.
 */
final class TimelineJsonWriter {
  private final StringWriter text = new StringWriter();
  private final JsonWriter out = new JsonWriter(text);
  private final @Nullable TraceCosts costs;

  TimelineJsonWriter(@Nullable TraceCosts costs) {
    this.costs = costs;
    out.setSerializeNulls(false);
    out.setHtmlSafe(false);
  }

  String write(SessionTimeline timeline) {
    try {
      out.beginObject();
      writeSession(timeline);
      out.name("descendants").beginArray();
      for (Descendant below : timeline.descendants()) {
        writeDescendant(below);
      }
      out.endArray();
      out.endObject();
      return JsonText.escapeLoneSurrogates(text.toString());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private void writeDescendant(Descendant below) throws IOException {
    out.beginObject();
    out.name("depth").value(below.depth());
    out.name("parent_trace_id").value(below.parentTraceId());
    writeSession(below.timeline());
    out.endObject();
  }

  private void writeSession(SessionTimeline timeline) throws IOException {
    out.name("session").beginObject();
    SessionJson.writeFigures(out, timeline.metadata());
    out.endObject();
    out.name("timeline").beginArray();
    for (Step step : timeline.steps()) {
      for (int i = 0; i < step.calls().size(); i++) {
        out.beginObject();
        writeCall(timeline, step, step.calls().get(i));
        if (i == step.calls().size() - 1) {
          StateDiffJson.write(out, "state_diff", step.stateDiff());
        }
        out.endObject();
      }
    }
    out.endArray();
    StateDiffJson.write(out, "final_state_diff", timeline.finalStateDiff());
    if (timeline.lostElsewhere() > 0) {
      out.name("lost_elsewhere").value(timeline.lostElsewhere());
    }
  }

  private void writeCall(SessionTimeline timeline, Step step, Call call) throws IOException {
    Trace outcome = call.lastAttempt();
    out.name("step").value(step.index());
    out.name("trace_id").value(outcome.id());
    out.name("timestamp").value(call.startTime().toString());
    out.name("offset_ms").value(call.offsetMs());
    out.name("endpoint").value(outcome.request().endpoint());
    out.name("model").value(call.model());
    out.name("duration_ms").value(call.endTime() == null ? null : (Long) call.durationMs());
    out.name("time_to_first_token_ms").value(call.timeToFirstTokenMs());
    out.name("tokens_used").value(call.usage().totalTokens());
    UsageJson.write(out.name("usage"), call.usage());
    out.name("cost_usd").value(cost(call.attempts()));
    writeOutcome(outcome);
    out.name("parallel").value(call.parallel());
    out.name("parent_trace_id").value(call.parentTraceId());
    out.name("state_snapshot").jsonValue(BodyForm.ofState(outcome.stateJson()));
    writeToolCalls(call.toolCalls());
    writeAttempts(call.attempts());
    writeChildren(timeline.childrenOf(call));
    writeGaps(timeline.gapsBefore(call));
  }

  private void writeOutcome(Trace trace) throws IOException {
    out.name("status").value(trace.status().name().toLowerCase(Locale.ROOT));
    TraceError error = trace.error();
    out.name("error").value(error == null ? null : error.toString());
  }

  private void writeToolCalls(List<ToolCall> toolCalls) throws IOException {
    out.name("tool_calls").beginArray();
    for (ToolCall toolCall : toolCalls) {
      out.beginObject();
      out.name("id").value(toolCall.id());
      out.name("name").value(toolCall.name());
      out.name("arguments").value(toolCall.arguments());
      out.endObject();
    }
    out.endArray();
  }

  private void writeAttempts(List<Trace> attempts) throws IOException {
    out.name("attempts").beginArray();
    for (Trace attempt : attempts) {
      out.beginObject();
      out.name("trace_id").value(attempt.id());
      out.name("timestamp").value(attempt.startTime().toString());
      out.name("duration_ms").value(attempt.metadata().durationMs());
      out.name("tokens_used").value(attempt.metadata().tokensUsed());
      out.name("cost_usd").value(cost(List.of(attempt)));
      writeOutcome(attempt);
      out.endObject();
    }
    out.endArray();
  }

  private void writeChildren(List<SessionTimeline> children) throws IOException {
    out.name("children").beginArray();
    for (SessionTimeline child : children) {
      out.value(child.metadata().sessionId());
    }
    out.endArray();
  }

  private void writeGaps(List<Gap> gaps) throws IOException {
    out.name("gaps").beginArray();
    for (Gap gap : gaps) {
      out.beginObject();
      out.name("first_call_number").value(gap.firstCallNumber());
      out.name("last_call_number").value(gap.lastCallNumber());
      out.endObject();
    }
    out.endArray();
  }

  /** Returns what traces cost together, or nothing if that of one of them is not known. */
  private @Nullable BigDecimal cost(List<Trace> traces) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Trace trace : traces) {
      BigDecimal usd = costs == null ? null : costs.usdOf(trace);
      if (usd == null) {
        return null;
      }
      sum = sum.add(usd);
    }
    return sum;
  }
}
