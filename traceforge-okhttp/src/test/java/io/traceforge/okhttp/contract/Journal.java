package io.traceforge.okhttp.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What happened, a line each, in order. What differs between any two runs has one name in all. */
final class Journal {
  private static final Pattern HASH = Pattern.compile("@[0-9a-f]{4,}");

  private static final Pattern SOCKET_KEY =
      Pattern.compile("(Sec-WebSocket-(?:Key|Accept)(?:=|: ))[A-Za-z0-9+/=]+");

  /** The socket and OkHttp both look at the clock; either may be the first to see a timeout. */
  private static final Pattern EITHER_CLOCK =
      Pattern.compile(
          "java.net.SocketTimeoutException: (Read timed out|timeout)"
              + "( <- java.net.Socket(Timeout)?Exception: (Socket closed|Read timed out))*");

  private final List<String> lines = new ArrayList<>();
  private final Map<String, String> aliases = new LinkedHashMap<>();

  /** Has a text that differs from run to run, such as a port, appear under another name. */
  synchronized void alias(String text, String name) {
    aliases.put(text, name);
  }

  synchronized void note(String line) {
    lines.add(line);
  }

  void note(String what, Object value) {
    note(what + ": " + value);
  }

  void noteAll(List<String> several) {
    several.forEach(this::note);
  }

  synchronized List<String> lines() {
    return lines.stream().map(this::withAliases).toList();
  }

  private String withAliases(String line) {
    String named = line;
    for (Map.Entry<String, String> alias : aliases.entrySet()) {
      named = named.replace(alias.getKey(), alias.getValue());
    }
    named = HASH.matcher(named).replaceAll("@hash");
    named = SOCKET_KEY.matcher(named).replaceAll("$1key");
    // The JDK's word for the first time and for the next.
    named = named.replace("Connection reset by peer", "Connection reset");
    return EITHER_CLOCK.matcher(named).replaceAll("read timeout");
  }
}
