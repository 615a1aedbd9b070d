package io.traceforge.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.ToolCall;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceError;
import io.traceforge.trace.TraceMetadata;
import io.traceforge.trace.TraceRequest;
import io.traceforge.trace.TraceResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Any string may come from the wire; all of them come back as they were. */
abstract class HostileTextTests extends ContractTests {
  private static final int LONG = 10_000;

  HostileTextTests(StorageBackendContract contract) {
    super(contract);
  }

  /** Stores a text in every string of a trace, its ids aside, and as ids of another session. */
  private void survives(String text) {
    Trace trace = everywhere(text);
    save(trace);
    same(stored(trace), trace, text);
    survivesAsSession(text);
  }

  /** A long text would stand in the message many times over, so long that no memory holds it. */
  private static void same(Object actual, Object expected, String text) {
    if (text.length() < LONG) {
      assertThat(actual).isEqualTo(expected);
    } else {
      assertThat(actual.equals(expected)).as("%s characters are the same", text.length()).isTrue();
    }
  }

  private void survivesAsSession(String text) {
    Trace trace = Samples.failure(2, 0, 0, 1).sessionId(text).parentTraceId(text).build();
    save(trace, Samples.success(3, 0, 0, 1).build());
    storage.updateSession(SessionUpdate.failed(text, Samples.START, text));
    same(storage.listTracesBySession(text), List.of(trace), text);
    same(metadata(text).sessionId(), text, text);
    same(String.valueOf(metadata(text).statusReason()), text, text);
    assertThat(storage.listSessions().contains(metadata(text))).as("is listed").isTrue();
    assertThat(storage.deleteSession(text)).isTrue();
    assertThat(storage.getTrace(Samples.id(2))).isEmpty();
    assertThat(storage.getTrace(Samples.id(3))).isPresent();
  }

  private Trace everywhere(String text) {
    HttpHeaders headers = HttpHeaders.of(text, text, text, "");
    TraceBody body = TraceBody.of(new byte[] {1}, text);
    TraceMetadata metadata =
        TraceMetadata.builder()
            .provider(text)
            .operation(text)
            .requestModel(text)
            .responseModel(text)
            .responseId(text)
            .finishReasons(List.of(text, text))
            .toolCalls(List.of(ToolCall.of(text, text, text)))
            .build();
    return Samples.full(1)
        .parentTraceId(text)
        .stateJson(text)
        .request(TraceRequest.of(text, text, headers, body))
        .response(TraceResponse.of(200, headers, body, body))
        .error(TraceError.of(text, text, text))
        .metadata(metadata)
        .build();
  }

  @Test
  void empty() {
    survives("");
  }

  @Test
  void nul() {
    survives("before\0after\0");
  }

  @Test
  void controlCharacters() {
    survives("\u0001\b\t\n\r\u001f\u007f\u0085\u2028\ufeff");
  }

  @Test
  void emoji() {
    survives("\ud83d\udc69\u200d\ud83d\udcbb Zoë 漢字");
  }

  @Test
  void loneSurrogates() {
    survives("high \ud83d, low \udc69, swapped \udc69\ud83d, last \ud83d");
  }

  @Test
  void textsThatDifferInALoneSurrogateOnly() {
    for (String session : List.of("a\ud800", "a\ud801", "a?", "a\ufffd")) {
      Trace trace = Samples.success(session.hashCode(), 0, 0, 1).sessionId(session).build();
      save(trace);
      assertThat(storage.listTracesBySession(session)).containsExactly(trace);
    }
  }

  @Test
  void sql() {
    survives("'; DROP TABLE traces; -- \" ` ] ? ?1 :a @b $c % _");
  }

  @Test
  void json() {
    survives("\"}],\\u0000\\\"{[<>&='");
  }

  @Test
  void aMegabyte() {
    survives("0123456789äöü漢\0".repeat(1 << 16));
  }

  @Test
  void filtersTakeTextAsItIs() {
    Trace wanted = withModel(1, "a%'\ud83d");
    save(wanted, withModel(2, "aX'\ud83d"), withModel(3, "A%'\ud83d"));
    assertThat(storage.listTraces(TraceQuery.all().withModel("a%'\ud83d")).items())
        .containsExactly(wanted);
  }

  private static Trace withModel(int n, String model) {
    TraceMetadata metadata = TraceMetadata.builder().requestModel(model).build();
    return Samples.bare(n).metadata(metadata).build();
  }

  @Test
  void modelsOfASession() {
    String model = "m\0\ud800\ud83d\udc69";
    save(withModel(1, model).toBuilder().sessionId(Samples.SESSION).build());
    assertThat(metadata(Samples.SESSION).modelsUsed()).containsExactly(model);
  }
}
