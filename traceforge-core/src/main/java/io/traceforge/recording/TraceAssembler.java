package io.traceforge.recording;

import io.traceforge.internal.body.BodyBytes;
import io.traceforge.internal.body.LastBodies;
import io.traceforge.protocol.HttpExchange;
import io.traceforge.protocol.Interpretation;
import io.traceforge.protocol.LlmProtocols;
import io.traceforge.recording.CapturedExchange.ResponseHead;
import io.traceforge.redaction.Redactor;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceMetadata;
import io.traceforge.trace.TraceRequest;
import io.traceforge.trace.TraceResponse;
import io.traceforge.trace.TraceTiming;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes a trace of what was captured: decodes, interprets, judges, redacts. Writer thread only. */
final class TraceAssembler {
  /** Where openai-java and other clients of its maker count their attempts. */
  private static final String RETRY_COUNT = "X-Stainless-Retry-Count";

  private final ContentDecoder decoder;
  private final LlmProtocols protocols;
  private final UnaryOperator<Trace> redactor;
  private final LastBodies requests = new LastBodies();

  TraceAssembler(ContentDecoder decoder, LlmProtocols protocols, Redactor redactor) {
    this.decoder = decoder;
    this.protocols = protocols;
    this.redactor = redactor.forSessions();
  }

  Trace assemble(CapturedExchange exchange) {
    HttpHeaders requestHeaders = exchange.request().headers().get();
    TraceRequest request =
        TraceRequest.of(
            exchange.request().method(),
            exchange.request().url(),
            requestHeaders,
            requestBody(exchange, requestHeaders.get("Content-Encoding")));
    TraceResponse response = response(exchange);
    Interpretation read = interpret(request, response);
    Outcome outcome =
        Outcome.judge(exchange, read, interpretReadByCaller(exchange, request, response, read));
    return redactor.apply(
        Trace.builder()
            .id(exchange.traceId())
            .sessionId(exchange.position().sessionId())
            .stepIndex(exchange.position().stepIndex())
            .callNumber(exchange.callNumber())
            .parentTraceId(exchange.position().parentTraceId())
            .stateJson(exchange.position().stateJson())
            .status(outcome.status())
            .startTime(exchange.startTime())
            .request(request)
            .response(withAssembled(response, read.assembledBody()))
            .error(outcome.error())
            .metadata(metadata(exchange, read, requestHeaders))
            .build());
  }

  /** The very same body if it was sent before: what was found out about that one is known. */
  private @Nullable TraceBody requestBody(CapturedExchange exchange, @Nullable String encoding) {
    TraceBody body = decoded(exchange.requestBody(), exchange.request().mediaType(), encoding);
    String key = LastBodies.key(exchange.position().sessionId(), exchange.traceId());
    return body == null ? null : requests.same(key, body);
  }

  private @Nullable TraceResponse response(CapturedExchange exchange) {
    ResponseHead head = exchange.response();
    if (head == null) {
      return null;
    }
    HttpHeaders headers = head.headers().get();
    TraceBody body =
        decoded(
            exchange.responseBody(), headers.get("Content-Type"), headers.get("Content-Encoding"));
    return TraceResponse.of(head.statusCode(), headers, body, null);
  }

  private @Nullable TraceBody decoded(
      @Nullable BodyCapture capture, @Nullable String mediaType, @Nullable String encoding) {
    return capture == null ? null : decoder.decode(capture.toBody(mediaType), encoding);
  }

  private Interpretation interpret(TraceRequest request, @Nullable TraceResponse response) {
    return protocols.interpret(
        HttpExchange.of(
            request.method(),
            request.endpoint(),
            request.body(),
            response == null ? 0 : response.statusCode(),
            response == null ? null : response.body()));
  }

  private Interpretation interpretReadByCaller(
      CapturedExchange exchange,
      TraceRequest request,
      @Nullable TraceResponse response,
      Interpretation whole) {
    BodyCapture capture = exchange.responseBody();
    TraceBody body = response == null ? null : response.body();
    if (response == null
        || body == null
        || capture == null
        || exchange.ending() != Ending.CLOSED
        || exchange.readByCaller() >= capture.size()) {
      return whole;
    }
    if (isEncoded(exchange) || exchange.readByCaller() > body.headLength()) {
      return Interpretation.plainHttp();
    }
    byte[] read = Arrays.copyOf(BodyBytes.of(body), (int) exchange.readByCaller());
    TraceBody seen = TraceBody.of(read, body.mediaType());
    return interpret(
        request, TraceResponse.of(response.statusCode(), response.headers(), seen, null));
  }

  private static @Nullable TraceResponse withAssembled(
      @Nullable TraceResponse response, @Nullable TraceBody assembled) {
    return response == null || assembled == null
        ? response
        : TraceResponse.of(response.statusCode(), response.headers(), response.body(), assembled);
  }

  private static TraceMetadata metadata(
      CapturedExchange exchange, Interpretation read, HttpHeaders requestHeaders) {
    return read.metadata().toBuilder()
        .timing(timing(exchange, read))
        .retryCount(retryCount(requestHeaders))
        .build();
  }

  private static TraceTiming timing(CapturedExchange exchange, Interpretation read) {
    TraceTiming.Builder timing = TraceTiming.builder();
    if (exchange.elapsedNanos() >= 0) {
      timing.total(Duration.ofNanos(exchange.elapsedNanos()));
    }
    if (exchange.response() != null) {
      timing.toHeaders(Duration.ofNanos(exchange.response().elapsedNanos()));
    }
    ArrivalTimes arrivals =
        exchange.responseBody() == null ? null : exchange.responseBody().arrivals();
    if (arrivals != null) {
      timing.toFirstByte(arrivals.first()).chunkCount(arrivals.pieces());
      if (read.firstContentEnd() >= 0 && !isEncoded(exchange)) {
        timing.toFirstToken(arrivals.whenReached(read.firstContentEnd()));
      }
    }
    return timing.build();
  }

  /** Arrivals count bytes on the wire, a protocol counts decoded ones. */
  private static boolean isEncoded(CapturedExchange exchange) {
    return exchange.response() != null
        && exchange.response().headers().get().get("Content-Encoding") != null;
  }

  private static @Nullable Integer retryCount(HttpHeaders headers) {
    String mark = headers.get(RETRY_COUNT);
    try {
      return mark == null ? null : Integer.valueOf(mark.trim());
    } catch (NumberFormatException notANumber) {
      return null;
    }
  }
}
