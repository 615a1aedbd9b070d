package io.traceforge.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import okhttp3.HttpUrl;

/** The server, in a process of its own so that it shares no heap with those measured. */
final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final HttpUrl url;

  ServerProcess() throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-classpath",
                System.getProperty("java.class.path"),
                Server.class.getName())
            .redirectError(Redirect.INHERIT)
            .start();
    String port =
        new BufferedReader(new InputStreamReader(process.getInputStream(), US_ASCII)).readLine();
    url = HttpUrl.get("http://127.0.0.1:" + port + "/v1/chat/completions");
  }

  /** Returns where chats are answered at once. */
  HttpUrl chat() {
    return url;
  }

  /** Returns where an answer is streamed, with a pause before each chunk. */
  HttpUrl stream(long pauseNanos) {
    return url.newBuilder("/stream?pause=" + pauseNanos).build();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
  }
}
