package io.traceforge.trace;

import com.google.gson.stream.JsonWriter;
import io.traceforge.internal.JsonText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes one trace as JSON. */
final class TraceJsonWriter {
  private final StringWriter text = new StringWriter();
  private final JsonWriter out = new JsonWriter(text);
  private final Trace trace;
  private final @Nullable BodyForm request;
  private final @Nullable BodyForm received;
  private final @Nullable BodyForm assembled;

  TraceJsonWriter(Trace trace) {
    this.trace = trace;
    TraceResponse response = trace.response();
    request = BodyForm.of(trace.request().body());
    received = BodyForm.of(response == null ? null : response.body());
    assembled = BodyForm.of(response == null ? null : response.assembledBody());
    out.setSerializeNulls(false);
    out.setHtmlSafe(false);
  }

  String write() {
    try {
      out.beginObject();
      writeTrace();
      out.endObject();
      return JsonText.escapeLoneSurrogates(text.toString());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private void writeTrace() throws IOException {
    out.name("id").value(trace.id());
    out.name("timestamp").value(trace.startTime().toString());
    out.name("endpoint").value(trace.request().endpoint());
    out.name("session_id").value(trace.sessionId());
    out.name("step_index").value(trace.stepIndex());
    out.name("call_number").value(trace.callNumber());
    out.name("parent_trace_id").value(trace.parentTraceId());
    writeState(trace.stateJson());
    json("request", request);
    json("response", assembled == null ? received : assembled);
    out.name("metadata").beginObject();
    writeMetadata(trace.metadata());
    out.endObject();
    out.name("http").beginObject();
    writeHttp();
    out.endObject();
  }

  private void writeState(String state) throws IOException {
    out.name("state_snapshot").jsonValue(BodyForm.ofState(state));
    if (!BodyForm.isStateInline(state)) {
      out.name("state_text").value(state);
    }
  }

  private void json(String name, @Nullable BodyForm body) throws IOException {
    String json = body == null ? null : body.json();
    if (json != null) {
      out.name(name).jsonValue(json);
    }
  }

  private void writeMetadata(TraceMetadata metadata) throws IOException {
    out.name("status").value(trace.status().name().toLowerCase(Locale.ROOT));
    out.name("model").value(metadata.model());
    out.name("duration_ms").value(metadata.durationMs());
    out.name("tokens_used").value(metadata.tokensUsed());
    TraceError error = trace.error();
    out.name("error").value(error == null ? null : error.toString());
    if (error != null) {
      out.name("error_detail").beginObject();
      out.name("type").value(error.type());
      out.name("message").value(error.message());
      out.name("code").value(error.code());
      out.endObject();
    }
    out.name("provider").value(metadata.provider());
    out.name("operation").value(metadata.operation());
    out.name("request_model").value(metadata.requestModel());
    out.name("response_model").value(metadata.responseModel());
    out.name("response_id").value(metadata.responseId());
    out.name("retry_count").value(metadata.retryCount());
    writeAnswer(metadata);
    UsageJson.write(out.name("usage"), metadata.usage());
    writeTiming(metadata.timing());
  }

  private void writeAnswer(TraceMetadata metadata) throws IOException {
    out.name("finish_reasons").beginArray();
    for (String reason : metadata.finishReasons()) {
      out.value(reason);
    }
    out.endArray();
    out.name("tool_calls").beginArray();
    for (ToolCall call : metadata.toolCalls()) {
      out.beginObject();
      out.name("id").value(call.id());
      out.name("name").value(call.name());
      out.name("arguments").value(call.arguments());
      out.endObject();
    }
    out.endArray();
  }

  private void writeTiming(TraceTiming timing) throws IOException {
    out.name("timing").beginObject();
    duration("to_headers_ns", timing.toHeaders());
    duration("to_first_byte_ns", timing.toFirstByte());
    duration("to_first_token_ns", timing.toFirstToken());
    duration("total_ns", timing.total());
    out.name("chunk_count").value(timing.chunkCount());
    out.endObject();
  }

  private void duration(String name, @Nullable Duration duration) throws IOException {
    out.name(name).value(duration == null ? null : duration.toNanos());
  }

  private void writeHttp() throws IOException {
    out.name("method").value(trace.request().method());
    out.name("url").value(trace.request().url());
    headers("request_headers", trace.request().headers());
    body("request_body", request, false);
    TraceResponse response = trace.response();
    if (response != null) {
      out.name("status_code").value(response.statusCode());
      headers("response_headers", response.headers());
      body("response_body", received, assembled != null);
      body("assembled_body", assembled, false);
    }
  }

  /** Pairs, because a name may come more than once, and the order is the sender's. */
  private void headers(String name, HttpHeaders headers) throws IOException {
    out.name(name).beginArray();
    for (HttpHeaders.Field field : headers.fields()) {
      out.beginArray().value(field.name()).value(field.value()).endArray();
    }
    out.endArray();
  }

  private void body(String name, @Nullable BodyForm body, boolean elsewhere) throws IOException {
    if (body != null) {
      out.name(name);
      body.write(out, elsewhere);
    }
  }
}
