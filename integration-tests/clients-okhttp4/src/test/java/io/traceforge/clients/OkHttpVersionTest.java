package io.traceforge.clients;

import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** The tests here mean what their module's name says. */
class OkHttpVersionTest {

  @Test
  void theClientsRunOnTheOkHttpThatTheModuleNames() throws Exception {
    try (ScriptedServer server = new ScriptedServer()) {
      server.answers(Answer.json("openai-chat.json"));

      Request request = new Request.Builder().url(server.url()).build();
      try (Response response = new OkHttpClient().newCall(request).execute()) {
        assertThat(response.code()).isEqualTo(200);
      }

      assertThat(server.requests().get(0).header("User-Agent"))
          .isEqualTo("okhttp/" + System.getProperty("okhttp.version"));
    }
  }
}
