package io.traceforge;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which TraceForge headers a request carries, by the host it goes to. Recording needs none of them:
 * they tell a proxy or gateway at the other end.
 *
 * <p>The default sends ids to every host, and the state, which may be confidential, only to this
 * machine and to the hosts that the user names.
 */
public final class HeaderPropagation {
  private static final Pattern IPV4_LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}");
  private static final Set<String> IPV6_LOOPBACK = Set.of("::1", "[::1]", "0:0:0:0:0:0:0:1");

  private enum Scope {
    NONE,
    IDS,
    STATE_TO_SOME,
    ALL
  }

  private final Scope scope;
  private final Set<String> hosts;

  private HeaderPropagation(Scope scope, Set<String> hosts) {
    this.scope = scope;
    this.hosts = hosts;
  }

  /** Returns a propagation that adds no header at all. */
  public static HeaderPropagation none() {
    return new HeaderPropagation(Scope.NONE, Set.of());
  }

  /** Returns a propagation that sends ids to every host, the state to none. */
  public static HeaderPropagation idsOnly() {
    return new HeaderPropagation(Scope.IDS, Set.of());
  }

  /** Returns a propagation that sends ids and state to every host. */
  public static HeaderPropagation all() {
    return new HeaderPropagation(Scope.ALL, Set.of());
  }

  /**
   * Returns a propagation that sends ids to every host, the state to loopback and to some hosts.
   *
   * @param hosts host names, without port, compared without regard to case
   */
  public static HeaderPropagation stateTo(String... hosts) {
    Set<String> names =
        Arrays.stream(hosts).map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    return new HeaderPropagation(Scope.STATE_TO_SOME, Set.copyOf(names));
  }

  /** Returns whether requests carry session, step and parent. */
  public boolean sendsIds() {
    return scope != Scope.NONE;
  }

  /** Returns whether requests to a host carry the state. */
  public boolean sendsStateTo(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return scope == Scope.ALL
        || (scope == Scope.STATE_TO_SOME && (hosts.contains(name) || isLoopback(name)));
  }

  /**
   * Returns whether requests carry the state wherever they go, redirects to other hosts included.
   */
  public boolean sendsStateEverywhere() {
    return scope == Scope.ALL;
  }

  /** Asked at each call: most hosts are done without a pattern. */
  private static boolean isLoopback(String name) {
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || IPV6_LOOPBACK.contains(name)
        || (name.startsWith("127.") && IPV4_LOOPBACK.matcher(name).matches());
  }
}
