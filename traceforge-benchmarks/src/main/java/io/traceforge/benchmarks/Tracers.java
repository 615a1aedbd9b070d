package io.traceforge.benchmarks;

import brave.Tracing;
import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.http.HttpTracing;
import brave.okhttp3.TracingCallFactory;
import brave.okhttp3.TracingInterceptor;
import brave.propagation.TraceContext;
import io.opentelemetry.instrumentation.okhttp.v3_0.OkHttpTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.OkHttpClient;
import okhttp3.logging.HttpLoggingInterceptor;

/** The others. Each really records; only what it would send to its server is thrown away. */
final class Tracers {
  private static final AtomicLong discarded = new AtomicLong();

  private Tracers() {}

  static Installed logger(ChainEnd end) {
    HttpLoggingInterceptor logging =
        new HttpLoggingInterceptor(line -> discarded.lazySet(line.length()));
    logging.setLevel(HttpLoggingInterceptor.Level.BODY);
    return Installed.bare(end.put(end.base().newBuilder().addInterceptor(logging).build()));
  }

  static Installed brave(ChainEnd end) {
    SpanHandler handler =
        new SpanHandler() {
          @Override
          public boolean end(TraceContext context, MutableSpan span, Cause cause) {
            discarded.lazySet(span.finishTimestamp());
            return true;
          }
        };
    Tracing tracing = Tracing.newBuilder().addSpanHandler(handler).build();
    HttpTracing http = HttpTracing.create(tracing);
    OkHttpClient client =
        end.base().newBuilder().addNetworkInterceptor(TracingInterceptor.create(http)).build();
    return Installed.of(TracingCallFactory.create(http, end.put(client)), () -> {}, tracing::close);
  }

  static Installed openTelemetry(ChainEnd end) {
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .addSpanProcessor(BatchSpanProcessor.builder(new DiscardingExporter()).build())
            .build();
    OpenTelemetrySdk sdk = OpenTelemetrySdk.builder().setTracerProvider(provider).build();
    return Installed.of(
        OkHttpTelemetry.create(sdk).createCallFactory(end.put(end.base())),
        () -> provider.forceFlush().join(10, TimeUnit.SECONDS),
        provider::close);
  }

  private static final class DiscardingExporter implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      discarded.addAndGet(spans.size());
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
