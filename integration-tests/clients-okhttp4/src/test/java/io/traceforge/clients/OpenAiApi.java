package io.traceforge.clients;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.Header;
import retrofit2.http.POST;
import retrofit2.http.Streaming;

/** A part of OpenAI's API, for Retrofit. */
interface OpenAiApi {
  @POST("chat/completions")
  Call<Completion> chat(@Header("Authorization") String key, @Body JsonObject question);

  @POST("chat/completions")
  CompletableFuture<Completion> chatLater(
      @Header("Authorization") String key, @Body JsonObject question);

  @Streaming
  @POST("chat/completions")
  Call<ResponseBody> stream(@Header("Authorization") String key, @Body JsonObject question);

  /** What an answer has. */
  record Completion(String id, List<Choice> choices) {}

  /** One of the answers. */
  record Choice(Message message) {}

  /** What was said. */
  record Message(String role, String content) {}
}
