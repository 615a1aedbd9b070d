package io.traceforge.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.traceforge.storage.StorageBackend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The viewer's URL as a link on somebody else's page, such as that of a chat or an issue. */
@NeedsChromium
class LinkedPageTest {
  private static final String TOKEN = "a-token-nobody-guesses";

  @Test
  void opensFromAnotherSite() throws IOException {
    try (Browser browser = Browser.start();
        StorageBackend storage = StorageBackend.open("memory:");
        TraceForgeViewer viewer = TraceForgeViewer.builder(storage).token(TOKEN).start()) {
      Demo.flight(storage);
      HttpServer other = pageWithLinkTo(viewer.url());
      try {
        browser.open("http://localhost:" + other.getAddress().getPort() + "/");
        browser.find("a").click();
        browser.findText("tbody .id", "book-a-flight-to-paris");
        assertThat(browser.url()).startsWith("http://127.0.0.1:").doesNotContain(TOKEN);
      } finally {
        other.stop(0);
      }
    }
  }

  /** To a browser, the names {@code localhost} and {@code 127.0.0.1} are of different sites. */
  private static HttpServer pageWithLinkTo(String url) throws IOException {
    byte[] page =
        ("<!doctype html><title>Elsewhere</title><a href='" + url + "'>The sessions</a>")
            .getBytes(StandardCharsets.UTF_8);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
    return server;
  }
}
