package io.traceforge.trace;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import io.traceforge.internal.JsonText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A session's metadata as JSON, with the names of the original TraceForge: {@code session_id},
 * {@code total_steps}, {@code start_time}, {@code end_time}, {@code duration_ms}, {@code
 * models_used}, {@code total_tokens}, {@code status}. {@code docs/trace-format.md} describes all.
 * Members without a value are left out. What is written and read again is equal.
 *
 * <p>Safe for use by many threads.
 */
public final class SessionJson {
  private SessionJson() {}

  /** Returns a session's metadata as a JSON object without line breaks. */
  public static String write(SessionMetadata session) {
    StringWriter text = new StringWriter();
    JsonWriter out = new JsonWriter(text);
    out.setSerializeNulls(false);
    out.setHtmlSafe(false);
    try {
      out.beginObject();
      writeFigures(out, session);
      out.endObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return JsonText.escapeLoneSurrogates(text.toString());
  }

  static void writeFigures(JsonWriter out, SessionMetadata session) throws IOException {
    out.name("session_id").value(session.sessionId());
    out.name("status").value(session.status().name().toLowerCase(Locale.ROOT));
    out.name("status_reason").value(session.statusReason());
    out.name("total_steps").value(session.totalSteps());
    out.name("total_calls").value(session.totalCalls());
    out.name("total_traces").value(session.totalTraces());
    out.name("start_time").value(text(session.startTime()));
    out.name("end_time").value(text(session.endTime()));
    out.name("duration_ms").value(session.durationMs());
    texts(out.name("models_used"), session.modelsUsed());
    texts(out.name("providers"), session.providers());
    out.name("total_tokens").value(session.totalTokens());
    UsageJson.write(out.name("usage"), session.usage());
    out.name("error_count").value(session.errorCount());
    out.name("retry_count").value(session.retryCount());
    out.name("lost_traces").value(session.lostTraces());
    out.name("last_call_number").value(session.lastCallNumber());
    FinalState stood = session.finalState();
    if (stood != null) {
      out.name("final_step").value(stood.stepIndex());
      out.name("final_state").jsonValue(BodyForm.ofState(stood.stateJson()));
    }
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  private static void texts(JsonWriter out, Iterable<String> texts) throws IOException {
    out.beginArray();
    for (String text : texts) {
      out.value(text);
    }
    out.endArray();
  }

  /**
   * Reads a session's metadata. Unknown members are passed over.
   *
   * @param json one JSON object
   * @throws IllegalArgumentException if it is no session; the message names the member
   */
  public static SessionMetadata read(String json) {
    try {
      if (JsonParser.parseString(json) instanceof JsonObject object) {
        return read(new Members("", object));
      }
    } catch (JsonParseException broken) {
      throw new IllegalArgumentException("expected a JSON object", broken);
    }
    throw new IllegalArgumentException("expected a JSON object");
  }

  static SessionMetadata read(Members session) {
    return SessionMetadata.builder(session.needText("session_id"))
        .status(session.constant("status", SessionStatus.class))
        .statusReason(session.text("status_reason"))
        .totalSteps(session.number("total_steps", 0))
        .totalCalls(session.number("total_calls", 0))
        .totalTraces(session.number("total_traces", 0))
        .startTime(session.time("start_time"))
        .endTime(session.time("end_time"))
        .durationMs(session.count("duration_ms", 0))
        .modelsUsed(session.texts("models_used"))
        .providers(session.texts("providers"))
        .usage(usage(session))
        .errorCount(session.number("error_count", 0))
        .retryCount(session.number("retry_count", 0))
        .lostTraces(session.count("lost_traces", 0))
        .lastCallNumber(session.number("last_call_number", 0))
        .finalState(finalState(session))
        .build();
  }

  private static @Nullable FinalState finalState(Members session) {
    String state = session.objectText("final_state");
    return state == null ? null : FinalState.of(session.number("final_step", 0), state);
  }

  private static TokenUsage usage(Members session) {
    Members usage = session.object("usage");
    return usage == null
        ? TokenUsage.builder().totalTokens(session.count("total_tokens")).build()
        : UsageJson.read(usage);
  }
}
