package io.traceforge.viewer.internal;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask: where the viewer listens, under which names it may be called there, and what its
 * clients must know.
 */
public final class Access {
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~-]{16,256}");
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9.]+|\\[[0-9a-f:.]+(%[0-9a-z._~-]+)?]");
  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
  private final InetAddress address;
  private final String name;
  private final @Nullable String token;

  private Access(InetAddress address, String name, @Nullable String token) {
    this.address = address;
    this.name = name;
    this.token = token;
  }

  /**
   * Returns the access at an address.
   *
   * @throws IllegalStateException if it is no loopback address and there is no token
   * @throws UncheckedIOException if the address is not known
   */
  public static Access of(String address, @Nullable String token) {
    try {
      InetAddress found = InetAddress.getByName(address);
      if (!found.isLoopbackAddress() && token == null) {
        throw new IllegalStateException(
            "address: " + address + " can be reached from elsewhere, so a token is needed");
      }
      return new Access(found, address.toLowerCase(Locale.ROOT), token);
    } catch (UnknownHostException unknown) {
      throw new UncheckedIOException("address: " + address + " is not known", unknown);
    }
  }

  /** Returns a token that is fit to be one: long enough to be none that anybody guesses. */
  public static String checkedToken(String token) {
    if (!TOKEN.matcher(token).matches()) {
      throw new IllegalArgumentException(
          "token: expected 16 to 256 letters, digits, \"-\", \".\", \"_\" or \"~\", got "
              + token.length()
              + " characters");
    }
    return token;
  }

  InetAddress address() {
    return address;
  }

  @Nullable String token() {
    return token;
  }

  /**
   * Returns whether a host, as in the header {@code Host} without its port, may be meant for us. A
   * page that makes its own name point to this machine asks with that name, and is refused.
   */
  boolean knowsHost(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    if (address.isLoopbackAddress()) {
      return LOOPBACK_NAMES.contains(lower) || lower.equals(name) || lower.equals(literal());
    }
    return lower.equals(name) || lower.equals("localhost") || ADDRESS.matcher(lower).matches();
  }

  /** Compares in the same time wherever the first difference stands. */
  boolean isToken(@Nullable String given) {
    return token == null
        || (given != null
            && MessageDigest.isEqual(
                token.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8)));
  }

  /** Returns the address as it stands in a URL, where the mark of a scope is escaped. */
  String literal() {
    if (address.isAnyLocalAddress()) {
      return "127.0.0.1";
    }
    String text = address.getHostAddress();
    if (text.indexOf(':') < 0) {
      return text;
    }
    return text.equals("0:0:0:0:0:0:0:1") ? "[::1]" : "[" + text.replace("%", "%25") + "]";
  }
}
