package io.traceforge.canary;

import com.google.gson.JsonPrimitive;
import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.SocketPolicy;

/** Makes calls that carry canaries of one kind in every place that there is. */
final class Flights {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final String CHAT =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":%s}}]}\n\n";
  private static final String TOOL =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c\","
          + "\"function\":{\"arguments\":%s}}]}}]}\n\n";
  private static final String MESSAGES =
      "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
          + "\"delta\":{\"type\":\"text_delta\",\"text\":%s}}\n\n";
  private static final String UNKNOWN = "data: {\"n\":1,\"piece\":%s}\n\n";

  private final TraceForge traceForge;
  private final MockWebServer server;
  private final Aviary aviary;
  private final Kind kind;
  private final SessionTracker session;
  private final OkHttpClient client;

  Flights(TraceForge traceForge, MockWebServer server, Aviary aviary, Kind kind) {
    this.traceForge = traceForge;
    this.server = server;
    this.aviary = aviary;
    this.kind = kind;
    this.session = traceForge.startSession();
    this.client = TraceForgeOkHttp.instrument(new OkHttpClient(), session);
  }

  void flyAll() throws IOException {
    session.setState(kind.hasShape() ? "note" : kind.name(), plant("state"));
    documents();
    stream("/v1/chat/completions", CHAT, "data: [DONE]\n\n", "a chat's stream");
    stream("/v1/chat/completions", TOOL, "data: [DONE]\n\n", "a tool call's stream");
    stream("/v1/messages", MESSAGES, "event: message_stop\ndata: {}\n\n", "a stream of messages");
    stream("/v2/unknown", UNKNOWN, "", "an unknown stream");
    session.nextStep();
    errorBody();
    exception();
    manualHeaders();
    session.fail(new IllegalStateException("gave up: " + inText("the session's failure")));
  }

  private String plant(String place) {
    return aviary.plant(kind, place);
  }

  /** What makes it known is its shape, or the name before it. */
  private String inText(String place) {
    return kind.hasShape() ? "it is " + plant(place) + " there" : kind.name() + "=" + plant(place);
  }

  private String inJson(String place) {
    String name = kind.hasShape() ? "note" : kind.name();
    return "{\"n\":1,\"" + name + "\": \"" + plant(place) + "\",\"max_tokens\":5}";
  }

  private static String quoted(String text) {
    return new JsonPrimitive(text).toString();
  }

  private void documents() throws IOException {
    String request =
        "{\"model\":\"m\",\"messages\":[],\"password\":\"%s\",\"by\":%s,\"call\":{\"arguments\":%s},\"deep\":%s}"
            .formatted(
                plant("a request's field"),
                inJson("a request"),
                quoted(inJson("a tool's arguments")),
                quoted("{\"a\":" + quoted(inJson("arguments within arguments")) + "}"));
    MockResponse answer =
        new MockResponse()
            .setHeader("Content-Type", "application/json")
            .setHeader("Set-Cookie", "sid=" + plant("a cookie"))
            .setHeader("X-Told", inText("a response's header"))
            .setBody(
                "{\"choices\":[{\"index\":0,\"message\":{\"tool_calls\":[{\"id\":\"c\","
                    + "\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":"
                    + quoted(inJson("an answer's tool arguments"))
                    + "}}],\"note\":"
                    + inJson("a response")
                    + "}}]}");
    HttpUrl url =
        server
            .url("/v1/chat/completions")
            .newBuilder()
            .username("me")
            .password(plant("user info"))
            .addQueryParameter(kind.hasShape() ? "key" : kind.name(), plant("a query"))
            .build();
    send(
        new Request.Builder()
            .url(url)
            .header("Authorization", "Bearer " + plant("a known header"))
            .header("X-Own", inText("an unknown header"))
            .post(RequestBody.create(request, JSON))
            .build(),
        answer);
    if (kind.hasShape() && !kind.prefix().endsWith(" ")) {
      send(get("/v1/files/" + plant("a path")), new MockResponse());
    }
    String form = "a=b&client_secret=" + plant("a form") + "&c=d";
    send(
        post(
            "/oauth", RequestBody.create(form, MediaType.get("application/x-www-form-urlencoded"))),
        new MockResponse().setBody("plain: " + inText("a plain answer")));
  }

  /** The secret is told once for each place where it can be split. */
  private void stream(String path, String event, String end, String place) throws IOException {
    String text = kind.hasShape() ? inText(place) : inJson(place);
    StringBuilder stream = new StringBuilder();
    for (int cut = 0; cut <= text.length(); cut++) {
      stream.append(String.format(event, quoted(text.substring(0, cut))));
      stream.append(String.format(event, quoted(text.substring(cut) + "\n")));
    }
    send(
        post(path, RequestBody.create("{\"model\":\"m\",\"messages\":[],\"stream\":true}", JSON)),
        new MockResponse()
            .setHeader("Content-Type", "text/event-stream")
            .setChunkedBody(stream + end, 777));
  }

  private void errorBody() throws IOException {
    String error = "{\"error\":{\"message\":%s,\"code\":\"x\"},\"sent\":%s}";
    send(
        post("/v1/chat/completions", RequestBody.create("{\"model\":\"m\",\"messages\":[]}", JSON)),
        new MockResponse()
            .setResponseCode(401)
            .setHeader("Content-Type", "application/json")
            .setBody(error.formatted(quoted(inText("an error")), inJson("an error's body"))));
  }

  private void exception() {
    String text = "refused: " + inText("an exception");
    OkHttpClient failing =
        client
            .newBuilder()
            .addInterceptor(
                chain -> {
                  throw new IOException(text);
                })
            .build();
    try (Response response = failing.newCall(get("/v1/models")).execute()) {
      throw new AssertionError(response);
    } catch (IOException expected) {
      return;
    }
  }

  private void manualHeaders() throws IOException {
    OkHttpClient manual = TraceForgeOkHttp.instrument(new OkHttpClient(), traceForge);
    Request request =
        get("/v1/models")
            .newBuilder()
            .header("X-TraceForge-Session-ID", session.getSessionId())
            .header("X-TraceForge-State", inJson("a state by hand"))
            .build();
    server.enqueue(new MockResponse());
    try (Response response = manual.newCall(request).execute()) {
      response.body().bytes();
    }
  }

  /** A body of which only the first and last bytes are kept. */
  void flyTruncated(int before) throws IOException {
    String text = kind.hasShape() ? quoted(inText("a long text")) : inJson("a long text");
    String body = "{\"pad\":\"" + "word ".repeat(before / 5) + "\",\"a\":" + text + ",\"b\":[";
    String most = (text + ",").repeat(200);
    send(
        post("/v1/chat/completions", RequestBody.create(body + most + text + "]}", JSON)),
        new MockResponse().setHeader("Content-Type", "application/json").setBody(body + most));
  }

  /** A call that is not answered. */
  Call flyWithoutEnd() {
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
    Call call = client.newCall(post("/hang", RequestBody.create(inJson("an open call"), JSON)));
    call.enqueue(new Ignoring());
    return call;
  }

  private Request get(String path) {
    return new Request.Builder().url(server.url(path)).build();
  }

  private Request post(String path, RequestBody body) {
    return new Request.Builder().url(server.url(path)).post(body).build();
  }

  private void send(Request request, MockResponse answer) throws IOException {
    server.enqueue(answer);
    try (Response response = client.newCall(request).execute()) {
      response.body().bytes();
    }
  }

  private static final class Ignoring implements Callback {
    @Override
    public void onFailure(Call call, IOException failure) {}

    @Override
    public void onResponse(Call call, Response response) {
      response.close();
    }
  }
}
