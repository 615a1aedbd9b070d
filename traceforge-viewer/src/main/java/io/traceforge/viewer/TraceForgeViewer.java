package io.traceforge.viewer;

import io.traceforge.pricing.PriceBook;
import io.traceforge.storage.StorageBackend;
import io.traceforge.viewer.internal.Access;
import io.traceforge.viewer.internal.ReadOnlyStorage;
import io.traceforge.viewer.internal.ViewerServer;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A web page and an HTTP API that show what a storage holds, live while a program records into it.
 *
 * <pre>{@code
 * try (TraceForgeViewer viewer = TraceForgeViewer.start(storage)) {
 *   System.out.println("Sessions: " + viewer.url());
 * }
 * }</pre>
 *
 * <p>It only reads. It listens on this machine alone unless an address is given; see {@link
 * Builder#address}. Its threads are daemons: they keep no program running. Safe for use by many
 * threads.
 */
public final class TraceForgeViewer implements AutoCloseable {
  private final ViewerServer server;

  private TraceForgeViewer(ViewerServer server) {
    this.server = server;
  }

  /**
   * Starts a viewer on this machine, at a free port that {@link #url()} tells.
   *
   * @param storage what to show; the viewer neither writes to it nor closes it
   * @throws UncheckedIOException if no port can be opened
   */
  public static TraceForgeViewer start(StorageBackend storage) {
    return builder(storage).start();
  }

  /** Returns a builder for a viewer on this machine, at a free port, without a token. */
  public static Builder builder(StorageBackend storage) {
    return new Builder(storage);
  }

  /**
   * Returns the page's URL, with the token if there is one, such as {@code http://127.0.0.1:7007/}.
   */
  public String url() {
    return server.url();
  }

  /** Returns the URL that shows a session, whether it is known already or not. */
  public String urlOf(String sessionId) {
    String segment = URLEncoder.encode(sessionId, StandardCharsets.UTF_8).replace("+", "%20");
    return server.url() + "#/sessions/" + segment;
  }

  /** Stops listening and ends what is being sent. Closing again does nothing. */
  @Override
  public void close() {
    server.close();
  }

  /** Builds a {@link TraceForgeViewer}. Not safe for use by many threads at once. */
  public static final class Builder {
    private static final int MOST_PORTS = 65_535;
    private final StorageBackend storage;
    private int port;
    private String address = "127.0.0.1";
    private @Nullable String token;
    private PriceBook prices = PriceBook.standard();

    private Builder(StorageBackend storage) {
      this.storage = storage;
    }

    /**
     * Sets the port; 0, the default, means any free one.
     *
     * @throws IllegalArgumentException if it is not between 0 and 65535
     */
    public Builder port(int port) {
      if (port < 0 || port > MOST_PORTS) {
        throw new IllegalArgumentException("port: expected 0 to 65535, got " + port);
      }
      this.port = port;
      return this;
    }

    /**
     * Sets the address or host name to listen on. Any but a loopback address needs a {@link
     * #token}: what was recorded is confidential. The connection is not encrypted.
     */
    public Builder address(String address) {
      this.address = address;
      return this;
    }

    /**
     * Sets what a client must know, as {@code Authorization: Bearer} or as the query parameter
     * {@code token} of the page's URL, which then sets a cookie.
     *
     * @throws IllegalArgumentException if it does not have 16 to 256 characters, or has one that is
     *     not a letter, a digit, {@code -}, {@code .}, {@code _} or {@code ~}
     */
    public Builder token(String token) {
      this.token = Access.checkedToken(token);
      return this;
    }

    /** Sets what costs are computed by; the prices that TraceForge ships unless set. */
    public Builder prices(PriceBook prices) {
      this.prices = Objects.requireNonNull(prices, "prices");
      return this;
    }

    /**
     * Starts the viewer.
     *
     * @throws IllegalStateException if the address is no loopback address and there is no token
     * @throws UncheckedIOException if the address is not known or the port cannot be opened
     */
    public TraceForgeViewer start() {
      Access access = Access.of(address, token);
      return new TraceForgeViewer(
          ViewerServer.start(new ReadOnlyStorage(storage), access, port, prices));
    }
  }
}
