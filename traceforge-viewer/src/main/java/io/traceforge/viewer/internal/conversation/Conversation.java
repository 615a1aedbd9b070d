package io.traceforge.viewer.internal.conversation;

import com.google.gson.JsonObject;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a call: those that were sent, then the answer. Read by the shape of the JSON, not
 * by the provider's name: gateways and compatible servers abound.
 */
public final class Conversation {
  private static final Conversation NONE = new Conversation(List.of(), 0);
  private final List<Message> messages;
  private final int answerIndex;

  private Conversation(List<Message> messages, int answerIndex) {
    this.messages = List.copyOf(messages);
    this.answerIndex = answerIndex;
  }

  /** Returns a conversation without messages. */
  public static Conversation none() {
    return NONE;
  }

  /** Returns the conversation that a call was part of; what is no known shape is left out. */
  public static Conversation of(Trace trace) {
    List<Message> messages = new ArrayList<>();
    JsonObject request = object(trace.request().body());
    if (request != null) {
      messages.addAll(RequestMessages.of(request));
    }
    int sent = messages.size();
    TraceResponse response = trace.response();
    JsonObject answer = response == null ? null : object(response.answerBody());
    if (answer != null) {
      messages.addAll(AnswerMessages.of(answer));
    }
    return new Conversation(named(messages), sent);
  }

  private static @Nullable JsonObject object(@Nullable TraceBody body) {
    return body != null && body.json().orElse(null) instanceof JsonObject object ? object : null;
  }

  /** Gives tool results the name of the tool, where only the call tells it. */
  private static List<Message> named(List<Message> messages) {
    Map<String, String> names = new HashMap<>();
    List<Message> named = new ArrayList<>();
    for (Message message : messages) {
      List<Part> parts = new ArrayList<>();
      for (Part part : message.parts()) {
        if (part.kind() == Part.Kind.TOOL_CALL && part.id() != null && part.name() != null) {
          names.put(part.id(), part.name());
        }
        boolean nameless = part.kind() == Part.Kind.TOOL_RESULT && part.name() == null;
        parts.add(nameless && part.id() != null ? part.withName(names.get(part.id())) : part);
      }
      named.add(new Message(message.role(), parts));
    }
    return named;
  }

  /** Returns all messages, in order. */
  public List<Message> messages() {
    return messages;
  }

  /** Returns the index of the first message of the answer. */
  public int answerIndex() {
    return answerIndex;
  }

  /**
   * Returns the index of the first message that an earlier call and its answer do not have.
   * Thoughts make no difference: few clients send them back.
   */
  public int firstNewAfter(Conversation earlier) {
    int index = 0;
    for (Message known : earlier.messages) {
      Message spoken = known.spoken();
      int same = spoken.isEmpty() ? index : afterThoughts(index);
      if (same < answerIndex && messages.get(same).spoken().equals(spoken)) {
        index = same + 1;
      } else if (!spoken.isEmpty()) {
        return index;
      }
    }
    return index;
  }

  private int afterThoughts(int from) {
    int index = from;
    while (index < answerIndex && messages.get(index).spoken().isEmpty()) {
      index++;
    }
    return index;
  }
}
