package io.traceforge.viewer.internal;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells a listener what changes in a session that is running: server-sent events, until the session
 * has ended or the listener has gone.
 */
final class EventStream {
  /** How many looks without news pass before a comment shows that we are still there. */
  private static final int SILENT_LOOKS = 20;

  private final LiveSessions live;

  EventStream(LiveSessions live) {
    this.live = live;
  }

  void answer(ApiCall call) throws IOException {
    try (LiveSessions.Place place = live.join(SessionEndpoints.idIn(call))) {
      LiveSessions.Look first = place.next();
      if (first == null) {
        throw SessionEndpoints.unknownSession();
      }
      if (call.isHead()) {
        call.events().close(); // or it would hold its place until the session has ended
        return;
      }
      try (OutputStream out = call.events()) {
        Listener listener = new Listener(out);
        for (LiveSessions.Look now = first; now != null; now = place.next()) {
          listener.tell(now);
          if (now.session().status() != SessionStatus.IN_PROGRESS) {
            listener.send("end", "{}");
            return;
          }
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Listener {
    private final OutputStream out;
    private final Map<String, JsonElement> told = new HashMap<>();
    private JsonElement session = new JsonObject();
    private @Nullable SessionMetadata last;
    private int silent;

    Listener(OutputStream out) {
      this.out = out;
    }

    void tell(LiveSessions.Look now) throws IOException {
      if (!now.session().equals(last)) {
        last = now.session();
        tellChanges(JsonParser.parseString(now.timeline()).getAsJsonObject());
      } else if (++silent % SILENT_LOOKS == 0) {
        write(": still there\n\n");
      }
    }

    private void tellChanges(JsonObject timeline) throws IOException {
      if (!session.equals(timeline.get("session"))) {
        session = timeline.get("session");
        send("session", session.toString());
      }
      for (JsonElement entry : timeline.getAsJsonArray("timeline")) {
        String id = entry.getAsJsonObject().get("trace_id").getAsString();
        if (!entry.equals(told.put(id, entry))) {
          send("call", entry.toString());
        }
      }
    }

    void send(String event, String data) throws IOException {
      write("event: " + event + "\ndata: " + data + "\n\n");
    }

    private void write(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }
}
