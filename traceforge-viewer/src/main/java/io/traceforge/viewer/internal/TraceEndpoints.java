package io.traceforge.viewer.internal;

import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceJson;
import io.traceforge.trace.TraceResponse;
import io.traceforge.viewer.internal.conversation.Conversation;
import io.traceforge.viewer.internal.conversation.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the API tells of one call. */
final class TraceEndpoints {
  private static final String TEXT = "text/plain; charset=utf-8";
  private final StorageBackend storage;

  TraceEndpoints(StorageBackend storage) {
    this.storage = storage;
  }

  void trace(ApiCall call) throws IOException {
    call.json(TraceJson.write(traceOf(call)));
  }

  /** As text whatever it was: a browser must not take it for a page. */
  void request(ApiCall call) throws IOException {
    body(call, traceOf(call).request().body());
  }

  /** As text whatever it was, and of a stream the events. */
  void response(ApiCall call) throws IOException {
    TraceResponse response = traceOf(call).response();
    boolean assembled = "true".equals(call.parameter("assembled"));
    if (response == null) {
      throw Problem.notFound("the call has no response");
    }
    body(call, assembled ? response.answerBody() : response.body());
  }

  private static void body(ApiCall call, @Nullable TraceBody body) throws IOException {
    if (body == null) {
      throw Problem.notFound("there is no body");
    }
    call.send(TEXT, body.text().getBytes(StandardCharsets.UTF_8));
  }

  void conversation(ApiCall call) throws IOException {
    Conversation conversation = Conversation.of(traceOf(call));
    String before = call.parameter("after");
    Conversation known =
        before == null
            ? Conversation.none()
            : storage.getTrace(before).map(Conversation::of).orElse(Conversation.none());
    int first = "true".equals(call.parameter("all")) ? 0 : conversation.firstNewAfter(known);
    call.json(ConversationJson.write(conversation, first));
  }

  /** The whole text of a part that the conversation tells the beginning of. */
  void text(ApiCall call) throws IOException {
    List<Message> messages = Conversation.of(traceOf(call)).messages();
    int message = index(call.path().get(4), messages.size());
    int part = index(call.path().get(5), messages.get(message).parts().size());
    String text = messages.get(message).parts().get(part).text();
    call.send(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  private static int index(String text, int size) {
    try {
      int index = Integer.parseInt(text);
      if (index >= 0 && index < size) {
        return index;
      }
    } catch (NumberFormatException noNumber) {
      // Told below, like a number out of range.
    }
    throw Problem.notFound("the conversation has no such part");
  }

  private Trace traceOf(ApiCall call) {
    return storage
        .getTrace(call.path().get(2))
        .orElseThrow(() -> Problem.notFound("no trace has this id"));
  }
}
