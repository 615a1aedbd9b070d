package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceRequest;
import io.traceforge.trace.TraceStatus;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored once is what was to be stored, whatever was stored and replaced before. */
class ReplacedPartsTest extends TwoBackends {
  private static final String LONG = "It is the same long text. ".repeat(10);

  private static String state(int n) {
    return "{\"text\":\"" + LONG + "\",\"n\":" + n + "}";
  }

  @Test
  void aStateThatNoTraceHasAnyMoreStaysWhole() {
    Trace.Builder trace = TestTraces.trace("s", 1);
    one.saveTrace(trace.status(TraceStatus.IN_PROGRESS).stateJson(state(1)).build());
    one.saveTrace(trace.status(TraceStatus.SUCCESS).stateJson(state(2)).build());
    one.saveTrace(trace.stateJson("{}").build());
    Trace later = TestTraces.trace("another", 2).stateJson(state(1)).build();
    one.saveTrace(later);

    assertThat(one.getTrace(later.id())).contains(later);
    assertThat(one.check()).isEmpty();
  }

  /** A part's number stands between control characters, which a hostile body may have itself. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBodyCannotPassForAnother(boolean quotesToo) throws Exception {
    String named = "\"" + LONG + "\"";
    String hidden = withHarmlessHash(quotesToo);
    String before = "{\"messages\":[{\"name\":\"Bob Smith\",\"content\":" + named + ",\"x\":";
    Trace honest = trace(1, bytes(before + hidden + "}]}"));
    ByteArrayOutputStream forged = new ByteArrayOutputStream();
    forged.writeBytes(bytes(before + (quotesToo ? "" : "\"")));
    forged.write(0x1f);
    forged.writeBytes(hash(quotesToo ? hidden : hidden.substring(1, hidden.length() - 1)));
    forged.writeBytes(bytes((quotesToo ? "" : "\"") + "}]}"));
    Trace hostile = trace(2, forged.toByteArray());
    one.saveTrace(honest);
    one.saveTrace(hostile);

    assertThat(one.getTrace(hostile.id())).contains(hostile);
    assertThat(one.getTrace(honest.id())).contains(honest);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Trace trace(int n, byte[] body) {
    TraceBody request = TraceBody.of(body, "application/json");
    return TestTraces.trace("s" + n, n)
        .request(TraceRequest.of("POST", "http://a/", HttpHeaders.empty(), request))
        .build();
  }

  /** Returns a string whose hash has nothing in it that JSON is made of. */
  private static String withHarmlessHash(boolean quotesToo) throws NoSuchAlgorithmException {
    for (int n = 0; ; n++) {
      String text = "\"" + LONG + n + "\"";
      byte[] hash = hash(quotesToo ? text : text.substring(1, text.length() - 1));
      String seen = new String(hash, StandardCharsets.ISO_8859_1);
      if (seen.chars().noneMatch(c -> "\"[]{}\\,:".indexOf(c) >= 0)) {
        return text;
      }
    }
  }

  private static byte[] hash(String text) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update((byte) Parts.SEARCHABLE);
    return Arrays.copyOf(digest.digest(bytes(text)), 16);
  }
}
