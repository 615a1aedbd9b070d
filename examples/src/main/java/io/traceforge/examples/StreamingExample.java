package io.traceforge.examples;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.traceforge.SessionHeaders;
import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Objects;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * A streamed answer. The tokens come as early as without TraceForge; the storage keeps the raw
 * events and the answer that they amount to.
 */
public final class StreamingExample {
  private static final String DATA = "data:";

  private StreamingExample() {}

  /** Streams an answer and prints what was recorded. */
  public static void main(String[] args) throws IOException {
    try (Provider provider = Provider.fromEnvironment();
        TraceForge traceForge = TraceForge.fromEnvironment()) {
      System.out.println("Provider: " + provider);
      String traceId = run(provider, traceForge, System.out);
      Trace trace = traceForge.storage().getTrace(traceId).orElseThrow();
      System.out.println("Stored answer: " + assembledText(trace));
      System.out.println("First token after " + trace.metadata().timing().toFirstToken());
      Timelines.print(traceForge, Objects.requireNonNull(trace.sessionId()), System.out);
    }
  }

  /** Prints the tokens as they come; returns the trace's id. */
  static String run(Provider provider, TraceForge traceForge, PrintStream out) throws IOException {
    return traceForge.runSession(
        session -> {
          OkHttpClient client = TraceForgeOkHttp.instrument(new OkHttpClient(), session);
          return Objects.requireNonNull(stream(client, provider, out));
        });
  }

  /** Prints the tokens as they come; returns the trace's id, or {@code null} without recording. */
  static @Nullable String stream(OkHttpClient client, Provider provider, PrintStream out)
      throws IOException {
    Conversation conversation = Conversation.asking("Tell me about Paris in one sentence.");
    try (Response response = client.newCall(provider.streamRequest(conversation)).execute()) {
      printTokens(response, out);
      return response.header(SessionHeaders.TRACE_ID);
    }
  }

  private static void printTokens(Response response, PrintStream out) throws IOException {
    if (!response.isSuccessful()) {
      throw new IOException("HTTP " + response.code() + ": " + response.body().string());
    }
    BufferedSource source = response.body().source();
    for (String line = source.readUtf8Line(); line != null; line = source.readUtf8Line()) {
      String data = line.startsWith(DATA) ? line.substring(DATA.length()).strip() : "";
      if (data.startsWith("{")) {
        out.print(token(JsonParser.parseString(data).getAsJsonObject()));
        out.flush();
      }
    }
    out.println();
  }

  private static String token(JsonObject chunk) {
    JsonArray choices = chunk.getAsJsonArray("choices");
    if (choices.isEmpty()) {
      return "";
    }
    JsonElement content = choices.get(0).getAsJsonObject().getAsJsonObject("delta").get("content");
    return content == null || content.isJsonNull() ? "" : content.getAsString();
  }

  /** Returns the text of a stream's answer as the storage keeps it. */
  static String assembledText(Trace trace) {
    TraceBody body = Objects.requireNonNull(trace.response()).assembledBody();
    JsonObject completion = Objects.requireNonNull(body).json().orElseThrow().getAsJsonObject();
    JsonObject choice = completion.getAsJsonArray("choices").get(0).getAsJsonObject();
    return choice.getAsJsonObject("message").get("content").getAsString();
  }
}
