package io.traceforge.examples;

import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import io.traceforge.protocol.LlmProtocols;
import io.traceforge.trace.Trace;
import java.io.IOException;
import java.io.PrintStream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** A wire format of one's own: {@link AnswerProtocol} makes TraceForge understand it. */
public final class OwnProtocolExample {
  private static final MediaType JSON = MediaType.get("application/json");

  private OwnProtocolExample() {}

  /** Asks a server of one's own and prints what TraceForge understood. */
  public static void main(String[] args) throws IOException {
    try (AnswerServer server = AnswerServer.start();
        TraceForge traceForge = TraceForge.fromEnvironment()) {
      run(server, traceForge, System.out);
    }
  }

  /** Asks for a document and for a stream; returns the session's id. */
  static String run(AnswerServer server, TraceForge traceForge, PrintStream out)
      throws IOException {
    String sessionId =
        traceForge.runSession(
            session -> {
              OkHttpClient client = TraceForgeOkHttp.instrument(new OkHttpClient(), session);
              ask(client, server, false);
              session.nextStep();
              ask(client, server, true);
              return session.getSessionId();
            });
    LlmProtocols protocols = LlmProtocols.known(Throwable::printStackTrace);
    for (Trace trace : traceForge.storage().listTracesBySession(sessionId)) {
      out.println(
          trace.metadata().provider()
              + " "
              + trace.metadata().model()
              + ": "
              + protocols.interpret(trace).text()
              + " "
              + trace.metadata().tokensUsed()
              + " tokens");
    }
    return sessionId;
  }

  private static void ask(OkHttpClient client, AnswerServer server, boolean stream)
      throws IOException {
    String question = "{\"question\": \"Capital of France?\", \"stream\": %s}".formatted(stream);
    Request request =
        new Request.Builder().url(server.url()).post(RequestBody.create(question, JSON)).build();
    try (Response response = client.newCall(request).execute()) {
      response.body().string();
    }
  }
}
