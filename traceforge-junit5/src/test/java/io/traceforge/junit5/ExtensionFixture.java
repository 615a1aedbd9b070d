package io.traceforge.junit5;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Runs sample tests by JUnit, as a build would, with a server and cassettes of their own. */
abstract class ExtensionFixture {
  static final Path CASSETTES = Path.of("target", "cassettes");
  static final String KEY = "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789";

  /** Where sample tests find the server. */
  private static volatile String url = "";

  ScriptedServer server;

  @BeforeEach
  void start() throws IOException {
    delete(CASSETTES);
    server = ScriptedServer.start();
    url = server.url();
  }

  /** At another port. */
  void startAnotherServer() {
    ScriptedServer other = ScriptedServer.start();
    server.close();
    server = other;
    url = other.url();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  static TraceForgeExtensionBuilder extension() {
    return TraceForgeExtension.builder().cassettes(CASSETTES);
  }

  /** Runs sample tests that are to pass, with the server, and stops it. */
  void recorded(Class<?> samples) {
    record(samples).assertStatistics(all -> all.failed(0));
    server.close();
  }

  static Events record(Class<?> samples) {
    return run(samples, Map.of("traceforge.record", "true"));
  }

  static Events replay(Class<?> samples) {
    return run(samples, Map.of());
  }

  static Events run(Class<?> samples, Map<String, String> parameters) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(samples))
        .configurationParameters(parameters)
        .execute()
        .testEvents();
  }

  /** Returns what the only test that failed failed with. */
  static Throwable failure(Events tests) {
    return tests
        .failed()
        .map(event -> event.getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class))
        .flatMap(result -> result.getThrowable().stream())
        .reduce(
            (first, second) -> {
              throw new AssertionError("more than one failed: " + List.of(first, second));
            })
        .orElseThrow(() -> new AssertionError("none failed"));
  }

  static String cassette(String name) {
    try {
      return Files.readString(CASSETTES.resolve(name + ".jsonl"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static List<String> cassettes() {
    try (Stream<Path> files = Files.walk(CASSETTES)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> CASSETTES.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static Request ask(String path, String question) {
    return new Request.Builder()
        .url(url + path)
        .header("Authorization", "Bearer " + KEY)
        .header("Idempotency-Key", Long.toHexString(System.nanoTime()))
        .post(
            RequestBody.create(
                "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\""
                    + question
                    + "\"}]}",
                MediaType.get("application/json")))
        .build();
  }

  static String send(OkHttpClient client, String path, String question) throws IOException {
    try (Response response = client.newCall(ask(path, question)).execute()) {
      return response.body().string();
    }
  }
}
