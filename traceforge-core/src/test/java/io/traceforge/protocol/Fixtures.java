package io.traceforge.protocol;

import java.util.List;
import java.util.stream.Stream;

/** One exchange of each form in which each protocol answers. */
final class Fixtures {
  private Fixtures() {}

  static List<Fixture> streams() {
    return List.of(
        new Fixture(
            new OpenAiChatProtocol(),
            ChatFixtures.PATH,
            ChatFixtures.REQUEST,
            Fixture.EVENTS,
            ChatFixtures.PLAIN_STREAM,
            "Bonjour, 世界 🌍"),
        CompletionsFixtures.stream(),
        ResponsesFixtures.stream(),
        AnthropicFixtures.stream(),
        GeminiFixtures.events(),
        GeminiFixtures.array(),
        OllamaFixtures.chatStream(),
        OllamaFixtures.generateStream());
  }

  static List<Fixture> documents() {
    return List.of(
        new Fixture(
            new OpenAiChatProtocol(),
            ChatFixtures.PATH,
            ChatFixtures.REQUEST,
            Fixture.JSON,
            ChatFixtures.interpretStream(ChatFixtures.PLAIN_STREAM).assembledBody().text(),
            "Bonjour, 世界 🌍"),
        CompletionsFixtures.answer(),
        CompletionsFixtures.embeddings(),
        ResponsesFixtures.answer(),
        AnthropicFixtures.answer(),
        GeminiFixtures.answer(),
        OllamaFixtures.chat(),
        OllamaFixtures.embeddings());
  }

  static List<Fixture> all() {
    return Stream.concat(streams().stream(), documents().stream()).toList();
  }
}
