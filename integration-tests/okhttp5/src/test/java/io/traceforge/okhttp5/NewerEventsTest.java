package io.traceforge.okhttp5;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.Test;

/** Events that OkHttp 4.12 does not know reach the user's listener too. */
class NewerEventsTest {

  @Test
  void aListenerHearsEventsThatCameAfter412() throws Exception {
    List<String> events = Collections.synchronizedList(new ArrayList<>());
    EventListener listener =
        new EventListener() {
          @Override
          public void followUpDecision(Call call, Response networkResponse, Request nextRequest) {
            events.add("followUpDecision");
          }
        };
    OkHttpClient listened = new OkHttpClient.Builder().eventListener(listener).build();
    try (MockWebServer server = new MockWebServer();
        TraceForge traceForge = TraceForge.open("memory:")) {
      server.enqueue(new MockResponse().setResponseCode(302).setHeader("Location", "/next"));
      server.enqueue(new MockResponse().setBody("ok"));
      TraceForgeOkHttp.instrument(listened, traceForge)
          .newCall(new Request.Builder().url(server.url("/")).build())
          .execute()
          .close();
    }
    assertThat(events).containsExactly("followUpDecision", "followUpDecision");
  }
}
