package io.traceforge.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.StorageBackend;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program, run as a process of its own. */
class CommandLineTest {
  @TempDir Path folder;

  @Test
  void showsAFileAtTheUrlThatItPrints() throws Exception {
    String storage = "sqlite:" + folder.resolve("traces.db");
    try (StorageBackend backend = StorageBackend.open(storage)) {
      Demo.flight(backend);
    }
    Process process = run(storage, "--port", "0", "--session", "book-a-flight-to-paris");
    try (BufferedReader lines = lines(process)) {
      assertThat(lines.readLine()).isEqualTo("TraceForge viewer of " + storage);
      String url = lines.readLine();
      assertThat(url).matches("http://127\\.0\\.0\\.1:\\d+/#/sessions/book-a-flight-to-paris");
      URI sessions = URI.create(url.replaceFirst("#.*", "api/sessions"));
      assertThat(
              HttpClient.newHttpClient()
                  .send(HttpRequest.newBuilder(sessions).build(), BodyHandlers.ofString())
                  .body())
          .contains("compare-prices");
    } finally {
      process.destroy();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', 2, STORAGE: expected a URL such as sqlite:traces.db",
    "memory: --port, 2, --port: expected a value after it",
    "memory: --port x, 2, '--port: expected a number, got x'",
    "memory: --port 70000, 2, 'port: expected 0 to 65535, got 70000'",
    "memory: --prices none.json, 1, 'cannot read the prices in none.json'",
    "memory: --colour, 2, --colour: this is no option",
    "memory: --address 0.0.0.0, 1, 'address: 0.0.0.0 can be reached from elsewhere, so a token is needed'",
    "nonsense:x, 1, 'no storage backend for \"nonsense:x\"'",
    "sqlite:none.db, 1, 'none.db: there is no such file'",
    "--help, 0, 'Usage: java -jar'"
  })
  void saysWhatIsWrong(String arguments, int code, String said) throws Exception {
    Process process = run(arguments.isEmpty() ? new String[0] : arguments.split(" "));
    try (BufferedReader lines = lines(process)) {
      assertThat(lines.readLine()).contains(said);
      assertThat(process.waitFor()).isEqualTo(code);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  private Process run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
  }

  private static BufferedReader lines(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }
}
