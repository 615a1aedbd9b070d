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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
      assertThat(bodyOf(sessions)).contains("compare-prices");
    } finally {
      process.destroy();
    }
  }

  @Test
  void theDocumentTellsEveryOption() throws IOException {
    String document = Files.readString(Path.of("..", "docs", "viewer.md"));

    assertThat(found("(?m)^\\| `(--.*?)` \\|", document))
        .isNotEmpty()
        .isEqualTo(found("(?m)^  (--\\S+(?: [A-Z]+)?) ", CommandLine.HELP));
  }

  private static List<String> found(String regex, String text) {
    return Pattern.compile(regex).matcher(text).results().map(match -> match.group(1)).toList();
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

  /** What stands for the desktop's program notes the URL, then fails. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void opensTheUrlInABrowserAndGoesOnIfThatFails() throws Exception {
    Path opener = folder.resolve(PageOpener.command(System.getProperty("os.name"), "").get(0));
    Files.writeString(opener, "#!/bin/sh\nprintf %s \"$1\" > opened.txt; exit 3\n");
    Files.setPosixFilePermissions(opener, PosixFilePermissions.fromString("rwx------"));
    String url = urlOfWhatIsOpened(opener.getFileName() + " ended with 3");
    assertThat(folder.resolve("opened.txt")).hasContent(url);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void goesOnWhereNothingOpensPages() throws Exception {
    assertThat(urlOfWhatIsOpened("cannot open a browser: ")).startsWith("http://127.0.0.1:");
  }

  /** Runs the program where no other program is found than those in the folder. */
  private String urlOfWhatIsOpened(String told) throws Exception {
    ProcessBuilder program = program("memory:", "--port", "0", "--open");
    program.environment().put("PATH", folder.toString());
    Process process = program.start();
    try (BufferedReader lines = lines(process)) {
      assertThat(lines.readLine()).isEqualTo("TraceForge viewer of memory:");
      String url = lines.readLine();
      assertThat(lines.readLine()).isEqualTo("Stop it with Ctrl+C.");
      assertThat(lines.readLine()).contains(told);
      assertThat(bodyOf(URI.create(url + "api/sessions"))).contains("\"sessions\"");
      return url;
    } finally {
      process.destroy();
    }
  }

  @ParameterizedTest
  @CsvSource({"Linux, xdg-open", "Mac OS X, open", "Windows 11, rundll32", "FreeBSD, xdg-open"})
  void knowsHowADesktopOpensAPage(String system, String command) {
    assertThat(PageOpener.command(system, "http://127.0.0.1:1/"))
        .startsWith(command)
        .endsWith("http://127.0.0.1:1/");
  }

  private static String bodyOf(URI uri) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }

  private Process run(String... arguments) throws IOException {
    return program(arguments).start();
  }

  private ProcessBuilder program(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED"); // as the archive's manifest says
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
  }

  private static BufferedReader lines(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }
}
