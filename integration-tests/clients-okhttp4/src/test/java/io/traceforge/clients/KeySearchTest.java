package io.traceforge.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import io.traceforge.redaction.Redactor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import retrofit2.Retrofit;
import retrofit2.converter.gson.GsonConverterFactory;

/** The search for the key that ends every test here would find a key that is there. */
class KeySearchTest extends ClientFixture {

  @Test
  void aKeyThatIsNotTakenOutIsFoundInTheFile() throws Exception {
    server.answers(Answer.json("openai-chat.json"));
    Path file = Files.createDirectory(folder.resolve("plain")).resolve("traces.db");
    try (TraceForge plain =
            TraceForge.builder().storage("sqlite:" + file).redactor(Redactor.none()).build();
        SessionTracker unredacted = plain.startSession()) {
      new Retrofit.Builder()
          .baseUrl(server.url() + "/v1/")
          .client(TraceForgeOkHttp.instrument(new OkHttpClient(), unredacted))
          .addConverterFactory(GsonConverterFactory.create())
          .build()
          .create(OpenAiApi.class)
          .chat("Bearer " + KEY, RetrofitTest.question())
          .execute();
    }

    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).contains(KEY);
  }
}
