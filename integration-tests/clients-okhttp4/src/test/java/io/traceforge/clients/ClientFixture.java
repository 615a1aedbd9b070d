package io.traceforge.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceMetadata;
import io.traceforge.trace.TraceTiming;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A scripted server, a session recorded into a file, and a key that must not get into it. */
public abstract class ClientFixture {
  /** Looks like nobody's key, so that only the place where it stands can give it away. */
  protected static final String KEY = "key-of-the-client-tests-4711";

  /** Where the database is. */
  @TempDir protected Path folder;

  protected ScriptedServer server;
  protected TraceForge traceForge;
  protected SessionTracker session;

  @BeforeEach
  void open() {
    server = new ScriptedServer();
    traceForge = TraceForge.open("sqlite:" + folder.resolve("traces.db"));
    session = traceForge.startSession();
  }

  @AfterEach
  void noKeyIsStored() throws IOException {
    traceForge.storage().listSessions();
    assertThat(stored()).doesNotContain(KEY);
    assertThat(traceForge.stats().internalErrors()).isZero();
    assertThat(traceForge.stats().lostTraces()).isZero();
    session.close();
    traceForge.close();
    assertThat(stored()).doesNotContain(KEY);
    server.close();
  }

  /** Returns the bytes of the database and of the files beside it. */
  protected final String stored() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return text.toString();
  }

  /** Returns the session's traces. */
  protected final List<Trace> traces() {
    return traceForge.storage().listTracesBySession(session.getSessionId());
  }

  /** Returns the session's one trace. */
  protected final Trace trace() {
    assertThat(traces()).hasSize(1);
    return traces().get(0);
  }

  /** Returns all that was found out about a call, but for the times. */
  protected static TraceMetadata told(Trace trace) {
    return trace.metadata().toBuilder().timing(TraceTiming.none()).build();
  }
}
