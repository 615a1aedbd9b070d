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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
          "request_size, request_head, request_media_type, request_form, request_body",
          "response_status, response_headers",
          "response_size, response_head, response_media_type, response_form, response_body",
          "assembled_size, assembled_head, assembled_media_type, assembled_form, assembled_body");

  /** The columns that {@link #read} reads. */
  static final String COLUMNS = String.join(", ", NAMES);

  private static final List<String> ALL = List.of((COLUMNS + ", fingerprint, number").split(", "));

  /** Takes what {@link #bind} binds. */
  static final String INSERT =
      "INSERT INTO traces ("
          + String.join(", ", ALL)
          + ") VALUES ("
          + ALL.stream().map(name -> "?").collect(Collectors.joining(", "))
          + ")";

  /** Takes what {@link #bind} binds; changes the row that has the number. */
  static final String UPDATE = update(Set.of());

  /**
   * The same, but for columns that stay as they are: the engine would write their indexes anew
   * whether they change or not.
   */
  static final String UPDATE_IN_PLACE =
      update(Set.of("id", "session_id", "step_index", "start_ns", "fingerprint"));

  private static String update(Set<String> unchanged) {
    List<String> changes = new ArrayList<>();
    for (int i = 0; i < ALL.size() - 1; i++) {
      if (!unchanged.contains(ALL.get(i))) {
        changes.add(ALL.get(i) + " = ?" + (i + 1));
      }
    }
    return "UPDATE traces SET " + String.join(", ", changes) + " WHERE number = ?" + ALL.size();
  }

  private TraceRow() {}

  static void bind(Binder binder, Trace trace, EncodedTrace encoded, long number)
      throws SQLException {
    binder
        .text(trace.id())
        .text(trace.sessionId())
        .number(trace.stepIndex())
        .number(trace.callNumber())
        .text(trace.parentTraceId())
        .text(trace.status().name())
        .time(trace.startTime())
        .text(encoded.state());
    bindError(binder, trace.error());
    bindMetadata(binder, trace.metadata());
    bindRequest(binder, trace.request(), encoded.request());
    bindResponse(binder, trace.response(), encoded);
    binder.text(encoded.request().fingerprint()).number(number);
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

  private static void bindRequest(Binder binder, TraceRequest request, EncodedRequest encoded)
      throws SQLException {
    binder.text(request.method()).text(request.url()).text(encoded.headers());
    bindBody(binder, request.body(), encoded.body());
  }

  private static void bindResponse(
      Binder binder, @Nullable TraceResponse response, EncodedTrace encoded) throws SQLException {
    if (response == null) {
      binder.number((Long) null).text(null);
      bindBody(binder, null, null);
      bindBody(binder, null, null);
    } else {
      binder.number(response.statusCode()).text(Json.ofHeaders(response.headers()));
      bindBody(binder, response.body(), encoded.response());
      bindBody(binder, response.assembledBody(), encoded.assembled());
    }
  }

  private static void bindBody(Binder binder, @Nullable TraceBody body, @Nullable Kept kept)
      throws SQLException {
    if (body == null || kept == null) {
      binder.number((Long) null).number((Long) null).text(null).number(Kept.PLAIN).bytes(null);
    } else {
      binder
          .number(body.size())
          .number(body.headLength())
          .text(body.mediaType())
          .number(kept.form())
          .bytes(kept.bytes());
    }
  }

  static Trace read(Row row, PartReader parts) throws SQLException {
    return Trace.builder()
        .id(row.string())
        .sessionId(row.text())
        .stepIndex(row.integer())
        .callNumber(row.integer())
        .parentTraceId(row.text())
        .status(TraceStatus.valueOf(row.string()))
        .startTime(Times.instantOf(row.number()))
        .stateJson(row.field(parts))
        .error(readError(row))
        .metadata(readMetadata(row))
        .request(readRequest(row, parts))
        .response(readResponse(row, parts))
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

  private static TraceRequest readRequest(Row row, PartReader parts) throws SQLException {
    return TraceRequest.of(
        row.string(), row.string(), Json.toHeaders(row.field(parts)), readBody(row, parts));
  }

  private static @Nullable TraceResponse readResponse(Row row, PartReader parts)
      throws SQLException {
    Integer status = row.optionalInteger();
    String headers = row.text();
    TraceBody body = readBody(row, parts);
    TraceBody assembled = readBody(row, parts);
    return status == null || headers == null
        ? null
        : TraceResponse.of(status, Json.toHeaders(headers), body, assembled);
  }

  private static @Nullable TraceBody readBody(Row row, PartReader parts) throws SQLException {
    Long size = row.optionalNumber();
    int head = row.integer();
    String mediaType = row.text();
    byte[] bytes = parts.read(row.integer(), row.bytes());
    return size == null ? null : TraceBody.truncated(bytes, head, size, mediaType);
  }
}
