package io.traceforge.langchain4j;

import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of one stream. Its bytes are copied while they are parsed; of a client that asks no
 * parser of ours, the events that it tells are written down.
 */
final class RecordedEvents {
  private final RecordedCall call;
  private volatile boolean parsed;
  private @Nullable Consumer<byte[]> events;

  RecordedEvents(RecordedCall call) {
    this.call = call;
  }

  /** Returns a parser that does what another one does. */
  ServerSentEventParser parser(ServerSentEventParser users) {
    return (body, listener) -> parse(users, body, listener);
  }

  private void parse(
      ServerSentEventParser users, InputStream body, ServerSentEventListener listener) {
    parsed = true;
    try {
      users.parse(call.body(body), listener);
    } catch (Throwable failure) { // Kotlin code throws undeclared exceptions too
      call.failed(failure);
      throw failure;
    }
    call.closed(); // if it left something unread: the first end counts
  }

  /** Returns a listener that hands everything on to another one. */
  ServerSentEventListener listener(ServerSentEventListener users) {
    return new Listener(users);
  }

  private void told(ServerSentEvent event) {
    if (!parsed && event != null) {
      if (events == null) {
        events = call.pieces();
      }
      events.accept(written(event).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String written(ServerSentEvent event) {
    String data = event.data() == null ? "" : event.data();
    return (event.event() == null ? "" : "event: " + event.event() + "\n")
        + "data: "
        + data.replace("\n", "\ndata: ")
        + "\n\n";
  }

  private final class Listener implements ServerSentEventListener {
    private final ServerSentEventListener users;

    Listener(ServerSentEventListener users) {
      this.users = users;
    }

    @Override
    public void onOpen(SuccessfulHttpResponse response) {
      users.onOpen(call.opened(response));
    }

    @Override
    public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
      told(event);
      users.onEvent(event, context);
    }

    @Override
    public void onEvent(ServerSentEvent event) {
      told(event);
      users.onEvent(event);
    }

    @Override
    public void onError(Throwable failure) {
      call.failed(failure);
      users.onError(failure);
    }

    @Override
    public void onClose() {
      call.readToEnd();
      users.onClose();
    }
  }
}
