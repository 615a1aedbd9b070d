package io.traceforge.junit5;

import io.traceforge.okhttp.ReplayInterceptor;
import io.traceforge.okhttp.ReplayMatching;
import io.traceforge.redaction.Redactor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import okhttp3.OkHttpClient;

/** Sets up a {@link TraceForgeExtension}. Not safe for use by many threads at once. */
public final class TraceForgeExtensionBuilder {
  private final List<String> ignored = new ArrayList<>();
  private final Set<String> headers = new HashSet<>();
  private OkHttpClient client = Settings.DEFAULT.client();
  private Path directory = Settings.DEFAULT.directory();
  private Redactor redactor = Settings.DEFAULT.redactor();
  private ReplayMatching matching = Settings.DEFAULT.matching();
  private double pauses = Settings.DEFAULT.pauses();
  private boolean allCallsReplayed;

  TraceForgeExtensionBuilder() {}

  /**
   * Sets the client from which those of the tests are made, with its timeouts and interceptors; a
   * plain one that waits ten minutes for the next byte unless set. What its application
   * interceptors add to a request, such as a key, is added in a replay too.
   */
  public TraceForgeExtensionBuilder client(OkHttpClient client) {
    this.client = Objects.requireNonNull(client, "client");
    return this;
  }

  /**
   * Sets the folder of the cassettes, as seen from the folder in which tests run; {@code
   * src/test/resources/traceforge} unless set.
   */
  public TraceForgeExtensionBuilder cassettes(Path directory) {
    this.directory = Objects.requireNonNull(directory, "directory");
    return this;
  }

  /**
   * Sets what is taken out of cassettes, and out of calls before they are compared with them;
   * {@link Redactor#secrets()} unless set.
   */
  public TraceForgeExtensionBuilder redactor(Redactor redactor) {
    this.redactor = Objects.requireNonNull(redactor, "redactor");
    return this;
  }

  /** Sets how calls find their recordings; by content unless set. */
  public TraceForgeExtensionBuilder matching(ReplayMatching matching) {
    this.matching = Objects.requireNonNull(matching, "matching");
    return this;
  }

  /**
   * Leaves fields of JSON bodies out of the comparison, as {@link
   * ReplayInterceptor.Builder#ignoring} does.
   *
   * @throws IllegalArgumentException if one is no JSON pointer, or names the whole body
   */
  public TraceForgeExtensionBuilder ignoring(String... jsonPointers) {
    ReplayInterceptor.builder().ignoring(jsonPointers);
    ignored.addAll(List.of(jsonPointers));
    return this;
  }

  /**
   * Sets how long replayed answers take, as a multiple of what they took when they were recorded;
   * at once unless set. With more than 0, cassettes keep the times of their recording, and differ
   * with each.
   *
   * @throws IllegalArgumentException if the factor is negative or not finite
   */
  public TraceForgeExtensionBuilder pauses(double factor) {
    ReplayInterceptor.builder().pauses(factor);
    this.pauses = factor;
    return this;
  }

  /**
   * Keeps more response headers in cassettes. Kept unasked are those that clients act upon: {@code
   * Content-Type}, {@code Content-Length}, {@code Content-Encoding}, {@code Location}, {@code
   * Retry-After}, {@code Retry-After-Ms}, {@code X-Should-Retry} and {@code WWW-Authenticate}.
   */
  public TraceForgeExtensionBuilder keepingHeaders(String... names) {
    for (String name : names) {
      headers.add(name.toLowerCase(Locale.ROOT));
    }
    return this;
  }

  /**
   * Does for all tests what {@link TraceForgeSession#allCallsReplayed()} does for one: a test that
   * passes without having made all recorded calls fails.
   */
  public TraceForgeExtensionBuilder allCallsReplayed() {
    allCallsReplayed = true;
    return this;
  }

  /** Returns the extension. */
  public TraceForgeExtension build() {
    return new TraceForgeExtension(
        new Settings(
            client,
            directory,
            redactor,
            matching,
            List.copyOf(ignored),
            pauses,
            Set.copyOf(headers),
            allCallsReplayed),
        true);
  }
}
