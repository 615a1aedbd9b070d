package io.traceforge.viewer.internal;

import io.traceforge.viewer.internal.conversation.Conversation;
import io.traceforge.viewer.internal.conversation.Message;
import io.traceforge.viewer.internal.conversation.Part;
import java.util.List;

/** Writes a conversation; of a long text its beginning, and how long it is. */
final class ConversationJson {
  private static final int LONG = 20_000;
  private static final int BEGINNING = 4_000;
  private static final int LARGEST_IMAGE = 4 * 1024 * 1024;

  private ConversationJson() {}

  static String write(Conversation conversation, int first) {
    List<Message> messages = conversation.messages();
    JsonText json =
        new JsonText()
            .beginObject()
            .member("total", messages.size())
            .member("first_new", first)
            .member("answer", conversation.answerIndex())
            .name("messages")
            .beginArray();
    for (int i = first; i < messages.size(); i++) {
      json.beginObject().member("index", i).member("role", messages.get(i).role());
      json.name("parts").beginArray();
      messages.get(i).parts().forEach(part -> write(json, part));
      json.endArray().endObject();
    }
    return json.endArray().endObject().toString();
  }

  private static void write(JsonText json, Part part) {
    json.beginObject()
        .member("kind", Names.of(part.kind()))
        .member("id", part.id())
        .member("name", part.name())
        .member("media_type", part.mediaType())
        .member("length", part.text().length());
    int most = part.kind() == Part.Kind.IMAGE ? LARGEST_IMAGE : LONG;
    boolean cut = part.text().length() > most;
    json.member("text", cut ? beginning(part.text()) : part.text());
    json.member("cut", cut).endObject();
  }

  private static String beginning(String text) {
    boolean inPair = Character.isHighSurrogate(text.charAt(BEGINNING - 1));
    return text.substring(0, inPair ? BEGINNING - 1 : BEGINNING);
  }
}
