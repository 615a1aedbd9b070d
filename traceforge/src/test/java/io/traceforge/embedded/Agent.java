package io.traceforge.embedded;

import io.traceforge.SessionHeaders;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;

/** Makes calls as an agent does. */
final class Agent {
  private Agent() {}

  /**
   * What a call came to.
   *
   * @param traceId the trace's id, or {@code null} if the call was not recorded
   */
  record Answer(String traceId, long bytes) {}

  /** Returns a chat request that a mark tells from others. */
  static String question(String mark) {
    return "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"" + mark + "\"}]}";
  }

  static Request request(String url, String mark) {
    return new Request.Builder()
        .url(url)
        .post(RequestBody.create(question(mark), MediaType.get("application/json")))
        .build();
  }

  /** Makes a call and reads the answer to its end. */
  static Answer ask(OkHttpClient client, String url, String mark) throws IOException {
    return readToEnd(client.newCall(request(url, mark)).execute());
  }

  /** Reads an answer to its end, piece by piece, and closes it. */
  static Answer readToEnd(Response answer) throws IOException {
    try (Response response = answer) {
      Buffer passing = new Buffer();
      long bytes = 0;
      for (long count = 0; count >= 0; count = response.body().source().read(passing, 8192)) {
        bytes += count;
        passing.clear();
      }
      return new Answer(response.header(SessionHeaders.TRACE_ID), bytes);
    }
  }
}
