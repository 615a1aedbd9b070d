package io.traceforge.viewer;

import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;

/** Another process that writes a session into a database, a step whenever it is told to. */
final class WritingProcess implements AutoCloseable {
  private final Process process;
  private final Writer orders;
  private final BufferedReader done;

  private WritingProcess(Process process) {
    this.process = process;
    this.orders = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    this.done =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static WritingProcess start(Path file) throws IOException {
    return new WritingProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                WritingProcess.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  void write() throws IOException {
    order("write");
  }

  void end() throws IOException {
    order("end");
  }

  private void order(String order) throws IOException {
    orders.write(order + "\n");
    orders.flush();
    if (!"done".equals(done.readLine())) {
      throw new IOException("the other process has gone");
    }
  }

  @Override
  public void close() throws IOException {
    orders.close();
    process.destroy();
  }

  /** The other process. */
  public static void main(String[] args) throws IOException {
    try (StorageBackend storage = StorageBackend.open("sqlite:" + args[0]);
        BufferedReader orders =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      Chats chats = new Chats("elsewhere", Instant.now());
      int count = 0;
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        if (order.equals("write")) {
          chats.at(count).say("user", "Question " + count).answer("Answer " + count, 20);
          storage.saveTraces(chats.traces());
          count++;
        } else {
          storage.updateSession(SessionUpdate.ended("elsewhere", Instant.now().plusSeconds(1)));
        }
        System.out.println("done");
      }
    }
  }
}
