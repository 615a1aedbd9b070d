package io.traceforge.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Collects a streamed answer; on demand it cancels it at its first piece. */
final class Collected implements StreamingChatResponseHandler {
  final StringBuilder text = new StringBuilder();
  final CountDownLatch begun = new CountDownLatch(1);
  private final CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
  private final boolean cancels;

  Collected(boolean cancels) {
    this.cancels = cancels;
  }

  ChatResponse await() throws Exception {
    return answer.get(20, TimeUnit.SECONDS);
  }

  @Override
  public void onPartialResponse(PartialResponse partial, PartialResponseContext context) {
    text.append(partial.text());
    begun.countDown();
    if (cancels) {
      context.streamingHandle().cancel();
    }
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    answer.complete(response);
  }

  @Override
  public void onError(Throwable failure) {
    answer.completeExceptionally(failure);
  }
}
