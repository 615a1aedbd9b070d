package io.traceforge.storage.sqlite;

import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceError;
import io.traceforge.trace.TraceMetadata;
import io.traceforge.trace.TraceRequest;
import io.traceforge.trace.TraceResponse;
import io.traceforge.trace.TraceStatus;
import io.traceforge.trace.TraceTiming;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A whole trace as a row. {@link #NAMES}, {@link #bind} and {@link #read} go through the columns in
 * one and the same order; the request's fingerprint, which no reader of traces needs, comes last.
 */
final class TraceRow {
  private static final List<String> NAMES =
      List.of(
          "id, session_id, step_index, call_number, parent_trace_id, status, start_ns",
          "state, error_type, error_message, error_code",
          "provider, operation, request_model, response_model, response_id, finish_reasons",
          "tool_calls, retry_count",
          "input_tokens, output_tokens, total_tokens",
          "cached_input_tokens, cache_write_tokens, reasoning_tokens",
          "to_headers_ns, to_first_byte_ns, to_first_token_ns, total_ns, chunk_count",
          "method, url, request_headers",
          "request_size, request_head, request_media_type, request_body",
          "response_status, response_headers",
          "response_size, response_head, response_media_type, response_body",
          "assembled_size, assembled_head, assembled_media_type, assembled_body");

  /** The columns that {@link #read} reads. */
  static final String COLUMNS = String.join(", ", NAMES);

  /** Takes what {@link #bind} binds; replaces the row that has the trace's id. */
  static final String UPSERT = upsert(List.of((COLUMNS + ", fingerprint").split(", ")));

  private TraceRow() {}

  private static String upsert(List<String> names) {
    return "INSERT INTO traces ("
        + String.join(", ", names)
        + ") VALUES ("
        + names.stream().map(name -> "?").collect(Collectors.joining(", "))
        + ") ON CONFLICT (id) DO UPDATE SET "
        + names.stream()
            .filter(name -> !name.equals("id"))
            .map(name -> name + " = excluded." + name)
            .collect(Collectors.joining(", "));
  }

  static void bind(Binder binder, Trace trace, String fingerprint) throws SQLException {
    binder
        .text(trace.id())
        .text(trace.sessionId())
        .number(trace.stepIndex())
        .number(trace.callNumber())
        .text(trace.parentTraceId())
        .text(trace.status().name())
        .time(trace.startTime())
        .text(trace.stateJson());
    bindError(binder, trace.error());
    bindMetadata(binder, trace.metadata());
    bindRequest(binder, trace.request());
    bindResponse(binder, trace.response());
    binder.text(fingerprint);
  }

  private static void bindError(Binder binder, @Nullable TraceError error) throws SQLException {
    if (error == null) {
      binder.text(null).text(null).text(null);
    } else {
      binder.text(error.type()).text(error.message()).text(error.code());
    }
  }

  private static void bindMetadata(Binder binder, TraceMetadata metadata) throws SQLException {
    binder
        .text(metadata.provider())
        .text(metadata.operation())
        .text(metadata.requestModel())
        .text(metadata.responseModel())
        .text(metadata.responseId())
        .text(Json.ofStrings(metadata.finishReasons()))
        .text(Json.ofToolCalls(metadata.toolCalls()))
        .number(metadata.retryCount());
    Usages.bind(binder, metadata.usage());
    TraceTiming timing = metadata.timing();
    binder
        .number(Times.toNanos(timing.toHeaders()))
        .number(Times.toNanos(timing.toFirstByte()))
        .number(Times.toNanos(timing.toFirstToken()))
        .number(Times.toNanos(timing.total()))
        .number(timing.chunkCount());
  }

  private static void bindRequest(Binder binder, TraceRequest request) throws SQLException {
    binder.text(request.method()).text(request.url()).text(Json.ofHeaders(request.headers()));
    bindBody(binder, request.body());
  }

  private static void bindResponse(Binder binder, @Nullable TraceResponse response)
      throws SQLException {
    if (response == null) {
      binder.number((Long) null).text(null);
      bindBody(binder, null);
      bindBody(binder, null);
    } else {
      binder.number(response.statusCode()).text(Json.ofHeaders(response.headers()));
      bindBody(binder, response.body());
      bindBody(binder, response.assembledBody());
    }
  }

  private static void bindBody(Binder binder, @Nullable TraceBody body) throws SQLException {
    if (body == null) {
      binder.number((Long) null).number((Long) null).text(null).bytes(null);
    } else {
      binder
          .number(body.size())
          .number(body.headLength())
          .text(body.mediaType())
          .bytes(body.bytes());
    }
  }

  static Trace read(Row row) throws SQLException {
    return Trace.builder()
        .id(row.string())
        .sessionId(row.text())
        .stepIndex(row.integer())
        .callNumber(row.integer())
        .parentTraceId(row.text())
        .status(TraceStatus.valueOf(row.string()))
        .startTime(Times.instantOf(row.number()))
        .stateJson(row.string())
        .error(readError(row))
        .metadata(readMetadata(row))
        .request(readRequest(row))
        .response(readResponse(row))
        .build();
  }

  private static @Nullable TraceError readError(Row row) throws SQLException {
    String type = row.text();
    String message = row.text();
    String code = row.text();
    return type == null ? null : TraceError.of(type, message, code);
  }

  private static TraceMetadata readMetadata(Row row) throws SQLException {
    return TraceMetadata.builder()
        .provider(row.text())
        .operation(row.text())
        .requestModel(row.text())
        .responseModel(row.text())
        .responseId(row.text())
        .finishReasons(Json.toStrings(row.string()))
        .toolCalls(Json.toToolCalls(row.string()))
        .retryCount(row.optionalInteger())
        .usage(Usages.read(row))
        .timing(readTiming(row))
        .build();
  }

  private static TraceTiming readTiming(Row row) throws SQLException {
    return TraceTiming.builder()
        .toHeaders(row.duration())
        .toFirstByte(row.duration())
        .toFirstToken(row.duration())
        .total(row.duration())
        .chunkCount(row.integer())
        .build();
  }

  private static TraceRequest readRequest(Row row) throws SQLException {
    return TraceRequest.of(row.string(), row.string(), Json.toHeaders(row.string()), readBody(row));
  }

  private static @Nullable TraceResponse readResponse(Row row) throws SQLException {
    Integer status = row.optionalInteger();
    String headers = row.text();
    TraceBody body = readBody(row);
    TraceBody assembled = readBody(row);
    return status == null || headers == null
        ? null
        : TraceResponse.of(status, Json.toHeaders(headers), body, assembled);
  }

  private static @Nullable TraceBody readBody(Row row) throws SQLException {
    Long size = row.optionalNumber();
    int head = row.integer();
    String mediaType = row.text();
    byte[] kept = row.bytes();
    return size == null ? null : TraceBody.truncated(kept, head, size, mediaType);
  }
}
