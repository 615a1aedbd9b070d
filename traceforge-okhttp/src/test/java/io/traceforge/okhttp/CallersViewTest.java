package io.traceforge.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.TraceForge;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
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
