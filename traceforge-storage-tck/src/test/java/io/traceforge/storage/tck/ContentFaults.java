package io.traceforge.storage.tck;

import com.google.gson.JsonElement;
import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceRequest;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What may become of a trace in a backend that does not keep it as it is. */
final class ContentFaults {
  static final List<Fault> ALL =
      List.of(
          new Fault(
              "keeps milliseconds only",
              storing(t -> t.toBuilder().startTime(t.startTime().truncatedTo(ChronoUnit.MILLIS))),
              StorageBackendContract.RoundTrip.class,
              "aTraceInWhichNothingIsSet"),
          new Fault(
              "keeps milliseconds only, and so loses the order",
              storing(t -> t.toBuilder().startTime(t.startTime().truncatedTo(ChronoUnit.MILLIS))),
              StorageBackendContract.Order.class,
              "startsAreToldApartByNanoseconds"),
          new Fault(
              "takes unknown for zero",
              storing(ContentFaults::countingUnknownAsZero),
              StorageBackendContract.RoundTrip.class,
              "aTraceInWhichNothingIsSet"),
          new Fault(
              "loses the character NUL",
              storing(t -> state(t, text -> text.replace("\0", ""))),
              StorageBackendContract.HostileText.class,
              "nul"),
          new Fault(
              "ends a text at the character NUL",
              storing(t -> state(t, text -> text.split("\0", 2)[0])),
              StorageBackendContract.HostileText.class,
              "nul"),
          new Fault(
              "takes a lone surrogate for a question mark",
              storing(t -> state(t, ContentFaults::throughUtf8)),
              StorageBackendContract.HostileText.class,
              "loneSurrogates"),
          new Fault(
              "cuts long texts",
              storing(t -> state(t, text -> text.substring(0, Math.min(65_535, text.length())))),
              StorageBackendContract.HostileText.class,
              "aMegabyte"),
          new Fault(
              "prints JSON again",
              storing(t -> body(t, ContentFaults::printedAgain)),
              StorageBackendContract.SameBytes.class,
              "whiteSpace"),
          new Fault(
              "keeps the last of two members of the same name",
              storing(t -> body(t, ContentFaults::printedAgain)),
              StorageBackendContract.SameBytes.class,
              "namesThatStandTwice"),
          new Fault(
              "keeps bodies as text",
              storing(t -> body(t, b -> TraceBody.ofText(b.text(), b.mediaType()))),
              StorageBackendContract.SameBytes.class,
              "everyByteAnywhere"),
          new Fault(
              "forgets that a body was cut",
              storing(t -> body(t, b -> TraceBody.of(b.bytes(), b.mediaType()))),
              StorageBackendContract.SameBytes.class,
              "whateverTheJson"));

  private ContentFaults() {}

  private static UnaryOperator<StorageBackend> storing(Function<Trace, Trace.Builder> change) {
    return right ->
        new ForwardingBackend(right) {
          @Override
          public void saveTraces(List<Trace> batch) {
            super.saveTraces(batch.stream().map(change).map(Trace.Builder::build).toList());
          }
        };
  }

  private static Trace.Builder countingUnknownAsZero(Trace trace) {
    TokenUsage usage = trace.metadata().usage();
    Long input = usage.inputTokens();
    TokenUsage counted =
        input == null ? usage.plus(TokenUsage.builder().inputTokens(0L).build()) : usage;
    return trace.toBuilder().metadata(trace.metadata().toBuilder().usage(counted).build());
  }

  private static Trace.Builder state(Trace trace, UnaryOperator<String> change) {
    String state = trace.stateJson();
    return trace.toBuilder().stateJson(state == null ? null : change.apply(state));
  }

  private static String throughUtf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static Trace.Builder body(Trace trace, UnaryOperator<TraceBody> change) {
    TraceRequest of = trace.request();
    TraceBody body = of.body();
    return trace.toBuilder()
        .request(
            TraceRequest.of(
                of.method(), of.url(), of.headers(), body == null ? null : change.apply(body)));
  }

  private static TraceBody printedAgain(TraceBody body) {
    return body.json()
        .map(JsonElement::toString)
        .map(text -> TraceBody.ofText(text, body.mediaType()))
        .orElse(body);
  }
}
