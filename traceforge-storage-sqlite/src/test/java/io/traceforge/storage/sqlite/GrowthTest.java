package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file grows with what is new. */
class GrowthTest {
  @TempDir Path directory;

  private long fileAfter(List<Trace> traces) throws Exception {
    Path file = directory.resolve("traces.db");
    try (StorageBackend storage = SqliteStorageBackend.open(file)) {
      for (int from = 0; from < traces.size(); from += 20) {
        storage.saveTraces(traces.subList(from, Math.min(from + 20, traces.size())));
      }
    }
    return Files.size(file);
  }

  @Test
  void aConversationThatIsSentAgainAtEachStepIsStoredOnce() throws Exception {
    List<Trace> traces = new ArrayList<>();
    for (int n = 0; n < 20; n++) {
      traces.addAll(Conversations.session("s" + n, 50, n * 100, TestTraces.START));
    }
    assertThat(fileAfter(traces)).isLessThan(Conversations.bodyBytes(traces) * 8 / 100);
  }

  @Test
  void anImageIsStoredOnce() throws Exception {
    byte[] pixels = new byte[900_000]; // much more than an empty file takes
    new Random(1).nextBytes(pixels);
    String image = Base64.getEncoder().encodeToString(pixels);
    List<Trace> traces = new ArrayList<>();
    for (int n = 0; n < 30; n++) {
      String url = "{\"url\":\"data:image/png;base64," + image + "\",\"detail\":\"" + n + "\"}";
      String body =
          "{\"messages\":[{\"role\":\"user\",\"content\":[{\"image_url\":" + url + "}]}]}";
      traces.add(TestTraces.trace("s" + n, n).request(TestTraces.request(body)).build());
    }
    assertThat(fileAfter(traces)).isLessThan(2L * image.length());
  }

  @Test
  void aBodyThatIsNoJsonIsStoredOnceForAllAttempts() throws Exception {
    byte[] sound = new byte[1 << 20];
    new Random(1).nextBytes(sound);
    List<Trace> traces = new ArrayList<>();
    for (int n = 0; n < 10; n++) {
      var request =
          TraceRequest.of(
              "POST", "http://a/", HttpHeaders.empty(), TraceBody.of(sound, "audio/wav"));
      traces.add(TestTraces.trace("s", n).request(request).build());
    }
    assertThat(fileAfter(traces)).isLessThan(3L << 20);
  }
}
