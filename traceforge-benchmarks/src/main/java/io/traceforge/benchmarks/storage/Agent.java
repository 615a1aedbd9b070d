package io.traceforge.benchmarks.storage;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One agent at work: 8 KB of tools and a system prompt of 1 KB, which it has in common with every
 * tenth agent, and two new messages of 1 KB at each step, one of which is the answer before.
 */
final class Agent {
  private static final int KINDS = 10;

  private final String sessionId;
  private final Words words;
  private final boolean echoesAllFields;
  private final String tools;
  private final StringBuilder messages = new StringBuilder();

  Agent(String sessionId, int number, Words words) {
    this.sessionId = sessionId;
    this.words = words;
    this.echoesAllFields = number % 2 == 0;
    Words ofItsKind = new Words(1_000 + number % KINDS);
    this.tools =
        IntStream.range(0, 16)
            .mapToObj(n -> Chats.tool("tool_" + n, ofItsKind.text(400)))
            .collect(Collectors.joining(","));
    messages.append(Chats.message("system", ofItsKind.text(1_000)));
  }

  Exchange call(int step) {
    String asked = Chats.message("user", words.text(980));
    messages.append(',').append(asked);
    String request = Chats.request(tools, messages.toString());
    String answer = words.text(960);
    messages
        .append(',')
        .append(echoesAllFields ? Chats.answered(answer) : Chats.message("assistant", answer));
    return new Exchange(sessionId, step, request, Chats.response(step, Chats.answered(answer)));
  }
}
