package io.traceforge.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code docs/trace-format.md} shows is what is read and written. */
class TraceFormatDocumentTest {
  private static final Pattern BLOCK = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

  @Test
  void theTraceIsOne() throws IOException {
    String shown = blocks().get(0);

    Trace trace = TraceJson.read(shown);

    assertThat(trace.request().body().size()).isEqualTo(85);
    assertThat(trace.response().body().size()).isEqualTo(93);
    assertThat(JsonParser.parseString(TraceJson.write(trace)).getAsJsonObject().keySet())
        .containsExactlyElementsOf(JsonParser.parseString(shown).getAsJsonObject().keySet());
  }

  @Test
  void theSessionIsOne() throws IOException {
    String shown = blocks().get(1);

    String written = SessionJson.write(SessionJson.read(shown));

    assertThat(JsonParser.parseString(written)).isEqualTo(JsonParser.parseString(shown));
  }

  private static List<String> blocks() throws IOException {
    String document = Files.readString(Path.of("..", "docs", "trace-format.md"));
    return BLOCK.matcher(document).results().map(match -> match.group(1)).toList();
  }
}
