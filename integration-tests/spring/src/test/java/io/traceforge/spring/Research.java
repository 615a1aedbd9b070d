package io.traceforge.spring;

import io.traceforge.SessionContext;
import io.traceforge.SessionTracker;
import java.util.concurrent.CompletableFuture;
import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Service;

/** Work on other threads than the request's. */
@Service
class Research {
  private final ChatApi chat;

  Research(ChatApi chat) {
    this.chat = chat;
  }

  @Async
  CompletableFuture<String> lookUp(String topic) {
    return CompletableFuture.completedFuture(chat.ask("Look up: " + topic));
  }

  @Async
  CompletableFuture<String> lookUp(String topic, SessionContext place) {
    return CompletableFuture.completedFuture(chat.ask("Look up: " + topic, place));
  }

  @Async
  void writeReport(SessionTracker report, String topic) {
    report.runToEnd(
        session -> {
          String draft = chat.ask("Draft: " + topic);
          session.nextStep();
          return chat.ask("Polish: " + draft);
        });
  }
}
