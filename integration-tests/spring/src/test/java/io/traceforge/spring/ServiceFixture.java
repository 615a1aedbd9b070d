package io.traceforge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.SessionHeaders;
import io.traceforge.TraceForge;
import io.traceforge.trace.Trace;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The service, a provider, and its users. */
abstract class ServiceFixture {
  @TempDir Path folder;
  protected Provider provider;
  protected ConfigurableApplicationContext service;
  protected TraceForge traceForge;
  private final HttpClient users = HttpClient.newHttpClient();

  @BeforeEach
  void startProvider() throws IOException {
    provider = new Provider();
  }

  /** Starts the service with these settings too. */
  protected final void start(String... settings) {
    SpringApplication application = new SpringApplication(ChatApplication.class);
    application.setRegisterShutdownHook(false);
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("--server.port=0");
    all.add("--spring.main.banner-mode=off");
    all.add("--llm.base-url=" + provider.url());
    all.add("--traceforge.storage=" + storageUrl());
    service = application.run(all.toArray(String[]::new));
    traceForge = service.getBean(TraceForge.class);
  }

  @AfterEach
  void stop() throws IOException {
    service.close();
    assertThat(traceForge.isRecording()).isFalse();
    assertThat(traceForge.stats().lostTraces()).isZero();
    assertThat(traceForge.stats().internalErrors()).isZero();
    provider.close();
  }

  protected final String storageUrl() {
    return "sqlite:" + folder.resolve("traces.db");
  }

  /** Asks the service. */
  protected final CompletableFuture<HttpResponse<String>> ask(String path, String question) {
    String port = service.getEnvironment().getProperty("local.server.port");
    String query = URLEncoder.encode(question, StandardCharsets.UTF_8);
    URI uri = URI.create("http://127.0.0.1:" + port + path + query);
    return users.sendAsync(
        HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Returns the id of the session that a response names. */
  protected static String sessionOf(HttpResponse<String> response) {
    return response.headers().firstValue(SessionHeaders.SESSION_ID).orElseThrow();
  }

  /** Returns what calls asked. */
  protected static List<String> questions(List<Trace> traces) {
    return traces.stream()
        .map(trace -> Provider.questionIn(trace.request().body().text()))
        .toList();
  }

  /** Java 17 has no virtual threads. */
  static Stream<Boolean> virtualThreads() {
    return Runtime.version().feature() < 21 ? Stream.of(false) : Stream.of(false, true);
  }

  /** Starts the service on virtual threads or on others. */
  protected void start(boolean virtualThreads) {
    start("--spring.threads.virtual.enabled=" + virtualThreads);
  }
}
