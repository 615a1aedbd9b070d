package io.traceforge.examples.documents;

import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import io.traceforge.storage.StorageBackend;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The names that the documents' samples share. Each sample becomes a subclass. */
public abstract class Sample {
  protected TraceForge traceForge;
  protected StorageBackend storage;
  protected SessionTracker session;
  protected OkHttpClient client;
  protected String sessionId;
  protected Request request;
  protected Request planRequest;
  protected Request toolRequest;
  private String baseUrl;

  /** Does what the sample says. */
  public abstract void run() throws Exception;

  void prepare(TraceForge traceForge, String baseUrl) throws Exception {
    this.traceForge = traceForge;
    this.baseUrl = baseUrl;
    storage = traceForge.storage();
    session = traceForge.startSession();
    sessionId = session.getSessionId();
    client = TraceForgeOkHttp.instrument(new OkHttpClient(), session);
    request = chat("request");
    planRequest = chat("plan");
    toolRequest = chat("tool");
  }

  /** Returns a request as in the README. */
  protected Request chat(String question) {
    String body =
        """
        {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "%s"}]}
        """;
    return new Request.Builder()
        .url(baseUrl + "/chat/completions")
        .post(RequestBody.create(body.formatted(question), MediaType.get("application/json")))
        .build();
  }

  /** Sends a request and returns the response's body. */
  protected static String send(OkHttpClient client, Request request) throws IOException {
    try (Response response = client.newCall(request).execute()) {
      return response.body().string();
    }
  }
}
