package io.traceforge.clients;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import io.traceforge.okhttp.TraceForgeOkHttp;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An openai-java client that is recorded in the session of the test. */
abstract class OpenAiJavaFixture extends ClientFixture {
  OpenAIClient client;

  @BeforeEach
  void instrument() {
    client =
        OpenAIOkHttpClient.builder()
            .apiKey(KEY)
            .baseUrl(server.url() + "/v1")
            .okHttpClient(TraceForgeOkHttp.instrument(new OkHttpClient(), session))
            .build();
  }

  @AfterEach
  void closeClient() {
    client.close();
  }
}
