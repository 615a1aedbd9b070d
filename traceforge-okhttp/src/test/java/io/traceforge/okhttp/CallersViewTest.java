package io.traceforge.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.TraceForge;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.mockwebserver.MockResponse;
import org.junit.jupiter.api.Test;

/**
 * What the caller made is what OkHttp uses. That calls look the same with and without us is shown
 * by {@code TransparencyContractTest}.
 */
class CallersViewTest extends OkHttpTestBase {

  @Test
  void theUsersOwnListenerIsTheOneThatOkHttpCalls() throws Exception {
    List<Call> asked = new ArrayList<>();
    EventListener own = new EventListener() {};
    OkHttpClient listened =
        plainClient()
            .newBuilder()
            .eventListenerFactory(
                call -> {
                  asked.add(call);
                  return own;
                })
            .build();
    Call plain = listened.newCall(chat().build());
    OkHttpClient recording = TraceForgeOkHttp.instrument(listened, traceForge);
    Call recorded = TraceForgeOkHttp.instrument(recording, traceForge).newCall(chat().build());
    assertThat(asked).containsExactly(plain, recorded);
    assertThat(recording.eventListenerFactory().create(recorded)).isSameAs(own);
  }

  @Test
  void whatStandsBetweenAndTheAnswerShowTheCallersOwnRequest() throws Exception {
    server.enqueue(new MockResponse().setResponseCode(307).setHeader("Location", "/elsewhere"));
    server.enqueue(chatAnswer());
    List<Request> between = new ArrayList<>();
    Interceptor watching =
        chain -> {
          between.add(chain.request());
          Response response = chain.proceed(chain.request());
          between.add(response.request());
          return response;
        };
    OkHttpClient recording =
        TraceForgeOkHttp.instrument(
            plainClient().newBuilder().addNetworkInterceptor(watching).build(), traceForge);
    Response response =
        call(recording.newBuilder().addInterceptor(watching).build(), chat().build()).response();
    between.add(response.request());
    between.add(response.networkResponse().request());
    between.add(response.priorResponse().request());
    between.add(response.priorResponse().networkResponse().request());

    assertThat(between).hasSize(10);
    assertThat(between)
        .allSatisfy(
            request ->
                assertThat(request.headers().names())
                    .noneMatch(name -> name.startsWith("X-TraceForge")));
    assertThat(server.takeRequest().getHeader("X-TraceForge-Session-ID")).isNotNull();
    assertThat(server.takeRequest().getHeader("X-TraceForge-Session-ID")).isNotNull();
  }

  @Test
  void aDisabledTraceForgeLeavesTheClientAlone() throws Exception {
    try (TraceForge disabled = TraceForge.builder().enabled(false).build()) {
      OkHttpClient plain = plainClient();
      assertThat(TraceForgeOkHttp.instrument(plain, disabled)).isSameAs(plain);
      server.enqueue(chatAnswer());
      OkHttpClient seam =
          plain.newBuilder().addInterceptor(TraceForgeOkHttp.interceptor(disabled)).build();
      assertThat(call(seam, chat().build()).response().header("X-TraceForge-Trace-ID")).isNull();
    }
  }
}
