package io.traceforge.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.traceforge.storage.StorageBackend;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask the viewer, and what a browser may do with the answer. */
class SecurityTest {
  private static final String TOKEN = "a-token-nobody-guesses";
  private StorageBackend storage;

  @BeforeEach
  void open() {
    storage = StorageBackend.open("memory:");
  }

  @AfterEach
  void close() {
    storage.close();
  }

  @Test
  void listensOnThisMachineAlone() {
    try (TraceForgeViewer viewer = TraceForgeViewer.start(storage)) {
      assertThat(viewer.url()).startsWith("http://127.0.0.1:").endsWith("/");
    }
  }

  @Test
  void listensElsewhereOnlyWithAToken() {
    assertThatThrownBy(() -> TraceForgeViewer.builder(storage).address("0.0.0.0").start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a token is needed");
    assertThatThrownBy(() -> TraceForgeViewer.builder(storage).token("short"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("token: expected")
        .hasMessageNotContaining("short");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "evil.example:80", "localhost.evil.example", "192.168.0.9"})
  void refusesAHostThatIsNotItsName(String host) {
    try (TraceForgeViewer viewer = TraceForgeViewer.start(storage)) {
      Http http = new Http(viewer);
      assertThat(http.raw("GET /api/sessions HTTP/1.1\r\nHost: " + host))
          .startsWith("HTTP/1.1 403");
      assertThat(http.raw("GET / HTTP/1.1\r\nHost: " + host)).startsWith("HTTP/1.1 403");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:1234", "127.0.0.1:7007", "[::1]:7007"})
  void answersToItsNames(String host) {
    try (TraceForgeViewer viewer = TraceForgeViewer.start(storage)) {
      assertThat(new Http(viewer).raw("GET /api/sessions HTTP/1.1\r\nHost: " + host))
          .startsWith("HTTP/1.1 200");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1:1"})
  void refusesAForeignOrigin(String origin) {
    try (TraceForgeViewer viewer = TraceForgeViewer.start(storage)) {
      assertThat(new Http(viewer).get("/api/sessions", "Origin", origin).statusCode())
          .isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void takesItsOwnOriginWhetherAProxyWithTlsStandsBeforeItOrNot(String scheme) {
    try (TraceForgeViewer viewer =
        TraceForgeViewer.builder(storage).address("localhost").token(TOKEN).start()) {
      Http http = new Http(viewer);
      String head = " HTTP/1.1\r\nHost: localhost\r\nOrigin: " + scheme + "://localhost";
      assertThat(http.raw("GET /app.js" + head + "\r\nAuthorization: Bearer " + TOKEN))
          .startsWith("HTTP/1.1 200");
      assertThat(http.raw("GET /?token=" + TOKEN + head)).contains("\r\nLocation: /\r\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"/api/stats, 403", "/%61pi/stats, 403", "/app.js, 403", "/, 200"})
  void showsNothingButThePageToWhomAnotherSiteSends(String path, int status) {
    try (TraceForgeViewer viewer = TraceForgeViewer.start(storage)) {
      assertThat(new Http(viewer).get(path, "Sec-Fetch-Site", "cross-site").statusCode())
          .isEqualTo(status);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
  void onlyReads(String method) {
    try (TraceForgeViewer viewer = TraceForgeViewer.start(storage)) {
      assertThat(new Http(viewer).raw(method + " /api/sessions HTTP/1.1\r\nHost: localhost"))
          .startsWith("HTTP/1.1 405");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/app.js", "/api/sessions", "/api/sessions/nobody", "/nothing"})
  void tellsTheBrowserToLoadNothingFromElsewhere(String path) {
    try (TraceForgeViewer viewer = TraceForgeViewer.start(storage)) {
      HttpResponse<String> response = new Http(viewer).get(path);
      assertThat(response.headers().allValues("Content-Security-Policy"))
          .hasSize(1)
          .first()
          .asString()
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(response.headers().firstValue("Server")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/../Main.class", "/%2e%2e/Main.class", "//index.html", "/index.html%00", "/.."})
  void servesNothingButItsFiles(String path) {
    try (TraceForgeViewer viewer = TraceForgeViewer.start(storage)) {
      assertThat(new Http(viewer).raw("GET " + path + " HTTP/1.1\r\nHost: localhost"))
          .matches("(?s)HTTP/1.1 40[04] .*");
    }
  }

  @Test
  void asksForTheToken() {
    try (TraceForgeViewer viewer =
        TraceForgeViewer.builder(storage).address("0.0.0.0").token(TOKEN).start()) {
      Http http = new Http(viewer);
      assertThat(viewer.url()).endsWith("/?token=" + TOKEN);
      assertThat(http.get("/").statusCode()).isEqualTo(401);
      assertThat(http.get("/api/sessions").statusCode()).isEqualTo(401);
      assertThat(http.get("/api/sessions?token=" + TOKEN).statusCode()).isEqualTo(401);
      assertThat(http.get("/?token=wrong-token-wrong-token").statusCode()).isEqualTo(401);
      assertThat(http.get("/api/sessions", "Authorization", "Bearer " + TOKEN).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void takesTheTokenOutOfTheAddress() {
    try (TraceForgeViewer viewer = TraceForgeViewer.builder(storage).token(TOKEN).start()) {
      Http http = new Http(viewer);
      HttpResponse<String> first = http.get("/?token=" + TOKEN);
      assertThat(first.statusCode()).isEqualTo(302);
      assertThat(first.headers().firstValue("Location"))
          .hasValueSatisfying(location -> assertThat(location).endsWith("/").doesNotContain(TOKEN));
      String cookie = first.headers().firstValue("Set-Cookie").orElseThrow();
      assertThat(cookie).contains("HttpOnly", "SameSite=Lax");
      String pair = cookie.substring(0, cookie.indexOf(';'));
      assertThat(http.get("/api/sessions", "Cookie", pair).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void letsABrowserKnowTheTokensOfSeveralViewers() throws Exception {
    try (TraceForgeViewer one = TraceForgeViewer.builder(storage).token(TOKEN).start();
        TraceForgeViewer other =
            TraceForgeViewer.builder(storage).token("another-" + TOKEN).start()) {
      HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
      for (TraceForgeViewer viewer : List.of(one, other)) {
        assertThat(status(browser, viewer.url())).isEqualTo(302);
      }
      for (TraceForgeViewer viewer : List.of(one, other)) {
        assertThat(status(browser, viewer.url().replaceFirst("\\?.*", "api/sessions")))
            .isEqualTo(200);
      }
    }
  }

  private static int status(HttpClient client, String url)
      throws IOException, InterruptedException {
    return client
        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void leavesTheStorageToItsOwner() {
    Demo.flight(storage);
    TraceForgeViewer viewer = TraceForgeViewer.start(storage);
    viewer.close();
    viewer.close();
    assertThat(storage.listSessions()).hasSize(2);
  }

  @Test
  void whatCannotBeReadIsAProblemToo() {
    try (TraceForgeViewer viewer = TraceForgeViewer.start(storage)) {
      assertThat(new Http(viewer).raw("GET /api/sessions/%zz HTTP/1.1\r\nHost: localhost"))
          .startsWith("HTTP/1.1 400")
          .contains("application/problem+json", "Content-Security-Policy", "\"status\":400");
    }
  }
}
