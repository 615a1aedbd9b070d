package io.traceforge.okhttp.contract;

import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;

/** What server and caller do, and what the recording of it must say. */
final class Exchange {
  interface Script {
    void run(Caller caller) throws Exception;
  }

  /** Prepares a client; what it sets up may note things in the run's journal. */
  interface Setup {
    void apply(OkHttpClient.Builder client, Run run) throws Exception;
  }

  final String name;
  final ContractServer.Factory server;
  private final List<Recorded> recorded = new ArrayList<>();
  private final List<Recorded> recordedAlone = new ArrayList<>();
  Setup before = (client, run) -> {};
  Setup after = (client, run) -> {};
  Script script = caller -> caller.fetch(caller.get("/"));
  boolean followedUp = true;
  boolean recordedAtAll = true;
  boolean collected;

  private Exchange(String name, ContractServer.Factory server) {
    this.name = name;
    this.server = server;
  }

  static Exchange of(String name, Http1Server.Script answer) {
    return new Exchange(name, Http1Server.answering(answer));
  }

  static Exchange with(String name, ContractServer.Factory server) {
    return new Exchange(name, server);
  }

  /** Sets what the caller does; otherwise he gets the root and reads it to its end. */
  Exchange calls(Script what) {
    this.script = what;
    return this;
  }

  /** Sets up the client before it is instrumented: what it adds is around ours. */
  Exchange client(Setup setup) {
    this.before = setup;
    return this;
  }

  /** Sets up the client after it was instrumented: what it adds is inside ours. */
  Exchange clientAfter(Setup setup) {
    this.after = setup;
    return this;
  }

  /** Leaves the call out that would show whether the connection can be used again. */
  Exchange notFollowedUp() {
    followedUp = false;
    return this;
  }

  /** Sets the traces that must be there afterwards, in order. */
  Exchange records(Recorded... traces) {
    recorded.addAll(List.of(traces));
    return this;
  }

  /** Sets them for an interceptor that is alone, where that sees something else. */
  Exchange recordsAlone(Recorded... traces) {
    recordedAlone.addAll(List.of(traces));
    return this;
  }

  List<Recorded> recordedBy(Run.Variant variant) {
    return variant == Run.Variant.ONE_INTERCEPTOR && !recordedAlone.isEmpty()
        ? recordedAlone
        : recorded;
  }

  /** Says that TraceForge is closed meanwhile. */
  Exchange recordsNothing() {
    recordedAtAll = false;
    return this;
  }

  /** Says that the trace ends when the response is collected. */
  Exchange endsWhenCollected() {
    collected = true;
    return this;
  }

  @Override
  public String toString() {
    return name;
  }
}
