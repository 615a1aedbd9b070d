package io.traceforge.spring;

import io.traceforge.SessionContext;
import io.traceforge.SessionTracker;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What users ask. */
@RestController
class ChatController {
  private final ChatApi chat;
  private final Research research;

  ChatController(ChatApi chat, Research research) {
    this.chat = chat;
    this.research = research;
  }

  @GetMapping("/answer")
  String answer(@RequestParam String question) {
    SessionTracker session = SessionTracker.current().orElseThrow();
    session.setState("question", question);
    String plan = chat.ask("Plan: " + question);
    session.nextStep();
    return chat.ask("Answer: " + question + ", by the plan: " + plan);
  }

  @GetMapping("/research")
  String research(@RequestParam String question) {
    CompletableFuture<String> facts = research.lookUp("facts on " + question);
    CompletableFuture<String> prices = research.lookUp("prices of " + question);
    return facts.join() + ", " + prices.join();
  }

  @GetMapping("/compare")
  String compare(@RequestParam String question) {
    SessionContext here = SessionTracker.current().orElseThrow().context();
    CompletableFuture<String> trains =
        research.lookUp("trains to " + question, here.withState("branch", "trains"));
    CompletableFuture<String> flights =
        research.lookUp("flights to " + question, here.withState("branch", "flights"));
    return trains.join() + ", " + flights.join();
  }

  @GetMapping("/report")
  String report(@RequestParam String topic) {
    SessionTracker session = SessionTracker.current().orElseThrow();
    chat.ask("Outline: " + topic);
    SessionTracker report = session.newChildSession(session.getLastTraceId());
    research.writeReport(report, topic);
    return report.getSessionId();
  }

  @GetMapping("/later")
  Callable<String> later(@RequestParam String question) {
    return () -> chat.ask(question);
  }
}
