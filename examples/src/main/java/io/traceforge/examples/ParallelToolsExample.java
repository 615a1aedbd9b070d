package io.traceforge.examples;

import io.traceforge.SessionContext;
import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Calls that run side by side in one step. With {@code enqueue} each request carries its own
 * context as a tag; on threads of the program's own, a wrapped executor makes the session known.
 */
public final class ParallelToolsExample {
  private final Provider provider;
  private final OkHttpClient client;
  private final PrintStream out;

  private ParallelToolsExample(Provider provider, OkHttpClient client, PrintStream out) {
    this.provider = provider;
    this.client = client;
    this.out = out;
  }

  /** Makes calls in parallel and prints what was recorded. */
  public static void main(String[] args) throws Exception {
    try (Provider provider = Provider.fromEnvironment();
        TraceForge traceForge = TraceForge.fromEnvironment()) {
      System.out.println("Provider: " + provider);
      String sessionId = run(provider, traceForge, System.out);
      Timelines.print(traceForge, sessionId, System.out);
    }
  }

  /** Returns the session's id. */
  static String run(Provider provider, TraceForge traceForge, PrintStream out) throws Exception {
    OkHttpClient client = TraceForgeOkHttp.instrument(new OkHttpClient(), traceForge);
    try {
      return traceForge.runSession(new ParallelToolsExample(provider, client, out)::travel);
    } finally {
      // Its idle threads would keep the program from ending for a minute.
      client.dispatcher().executorService().shutdown();
    }
  }

  private String travel(SessionTracker session) throws Exception {
    Conversation question =
        Conversation.asking("What should I know before I go to Paris?")
            .offer("ask_about_weather", "Knows the weather", Map.of("city", "Paris"))
            .offer("ask_about_food", "Knows the restaurants", Map.of("city", "Paris"));
    Answer asked = new Chat(client, provider).ask(question);

    session.nextStep();
    session.setParentTraceId(asked.traceId());
    out.println("Tools: " + callTools(session.context(), asked.toolCalls()));

    session.nextStep();
    session.setState("reviewing", true);
    out.println("Reviews: " + review(session, List.of("Is it warm enough?", "Is it cheap?")));
    return session.getSessionId();
  }

  /** Each tool is a call to a model; all of them are made in the step of {@code here}. */
  private List<String> callTools(SessionContext here, List<Answer.ToolCall> tools)
      throws ExecutionException, InterruptedException {
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (Answer.ToolCall tool : tools) {
      Request request =
          provider
              .request(Conversation.asking(tool.name() + " " + tool.arguments()))
              .newBuilder()
              .tag(SessionContext.class, here.withState("tool", tool.name()))
              .build();
      AnswerToCome answer = new AnswerToCome();
      client.newCall(request).enqueue(answer);
      answers.add(answer.text);
    }
    List<String> texts = new ArrayList<>();
    for (CompletableFuture<String> answer : answers) {
      texts.add(answer.get());
    }
    return texts;
  }

  private List<String> review(SessionTracker session, List<String> questions)
      throws ExecutionException, InterruptedException {
    ExecutorService threads = session.wrap(Executors.newFixedThreadPool(2));
    try {
      Chat chat = new Chat(client, provider);
      List<Callable<String>> tasks = new ArrayList<>();
      questions.forEach(question -> tasks.add(() -> chat.ask(question).text()));
      List<String> texts = new ArrayList<>();
      for (Future<String> answer : threads.invokeAll(tasks)) {
        texts.add(answer.get());
      }
      return texts;
    } finally {
      threads.shutdown();
    }
  }

  private static final class AnswerToCome implements Callback {
    final CompletableFuture<String> text = new CompletableFuture<>();

    @Override
    public void onResponse(Call call, Response response) {
      try (response) {
        text.complete(Answer.read(response).text());
      } catch (IOException | RuntimeException failure) {
        text.completeExceptionally(failure);
      }
    }

    @Override
    public void onFailure(Call call, IOException failure) {
      text.completeExceptionally(failure);
    }
  }
}
