package io.traceforge.benchmarks;

/** A way to watch an OkHttp client, installed as its makers say. */
public enum Contender {
  /** Nothing at all: what the others are compared with. */
  BARE("bare OkHttp"),
  /** OkHttp's own logger, which reads bodies too. */
  LOGGER("HttpLoggingInterceptor(BODY)"),
  /** Zipkin's tracer: no bodies. */
  BRAVE("Brave"),
  /** OpenTelemetry's tracer: no bodies. */
  OPENTELEMETRY("OpenTelemetry"),
  /** Ours, to memory. */
  TRACEFORGE_MEMORY("TraceForge, memory"),
  /** Ours, to a file. */
  TRACEFORGE_SQLITE("TraceForge, SQLite");

  private final String title;

  Contender(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  Installed install(ChainEnd end) {
    return switch (this) {
      case BARE -> Installed.bare(end.put(end.base()));
      case LOGGER -> Tracers.logger(end);
      case BRAVE -> Tracers.brave(end);
      case OPENTELEMETRY -> Tracers.openTelemetry(end);
      case TRACEFORGE_MEMORY -> Recorders.install(end, "memory:");
      case TRACEFORGE_SQLITE -> Recorders.installWithFile(end);
    };
  }
}
