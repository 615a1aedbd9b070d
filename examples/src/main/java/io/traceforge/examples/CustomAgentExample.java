package io.traceforge.examples;

import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import java.io.IOException;
import java.util.List;
import okhttp3.OkHttpClient;

/** An agent class of one's own: it plans, does each step of its plan, and sums up. */
public final class CustomAgentExample {
  private CustomAgentExample() {}

  /** Gives the agent a task and prints what was recorded. */
  public static void main(String[] args) throws IOException {
    try (Provider provider = Provider.fromEnvironment();
        TraceForge traceForge = TraceForge.fromEnvironment()) {
      System.out.println("Provider: " + provider);
      PlanningAgent agent = new PlanningAgent(provider, traceForge);
      System.out.println("Summary: " + agent.run("Find a quiet hotel in Paris"));
      Timelines.print(traceForge, agent.sessionId(), System.out);
    }
  }

  /** Each task is a session of its own: {@code start()} begins the next one. */
  static final class PlanningAgent {
    private final SessionTracker session;
    private final Chat chat;

    PlanningAgent(Provider provider, TraceForge traceForge) {
      session = traceForge.newSession();
      chat = new Chat(TraceForgeOkHttp.instrument(new OkHttpClient(), session), provider);
    }

    String sessionId() {
      return session.getSessionId();
    }

    String run(String task) throws IOException {
      session.start();
      try {
        return work(task);
      } catch (IOException | RuntimeException failure) {
        session.fail(failure);
        throw failure;
      } finally {
        session.end();
      }
    }

    private String work(String task) throws IOException {
      session.setState("query", task);
      List<String> plan = plan(task);
      session.nextStep();

      Conversation findings = new Conversation();
      for (String step : plan) {
        session.setState("executing_step", step);
        findings.user(step).answer(chat.ask(step));
        session.nextStep();
      }
      return chat.ask(findings.user("Sum up.")).text();
    }

    private List<String> plan(String task) throws IOException {
      Answer answer = chat.ask("Plan this in at most three steps, one a line: " + task);
      return answer.text().lines().filter(line -> !line.isBlank()).limit(3).toList();
    }
  }
}
