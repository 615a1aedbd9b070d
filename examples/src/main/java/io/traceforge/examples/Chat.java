package io.traceforge.examples;

import java.io.IOException;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** Asks a model and reads its answer. TraceForge comes in with the client, nowhere else. */
final class Chat {
  private final OkHttpClient client;
  private final Provider provider;

  Chat(OkHttpClient client, Provider provider) {
    this.client = client;
    this.provider = provider;
  }

  Answer ask(Conversation conversation) throws IOException {
    try (Response response = client.newCall(provider.request(conversation)).execute()) {
      return Answer.read(response);
    }
  }

  Answer ask(String question) throws IOException {
    return ask(Conversation.asking(question));
  }
}
