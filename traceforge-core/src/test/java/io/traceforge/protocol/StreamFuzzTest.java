package io.traceforge.protocol;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.traceforge.trace.TraceBody;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Looks for bytes on which a protocol fails, led by what code they reach, for a while. Without
 * {@code JAZZER_FUZZ} in the environment it tries the sound ones only.
 */
class StreamFuzzTest {
  private static final List<Fixture> FIXTURES = Fixtures.all();

  /** The first byte tells the fixture, the second whether the body was cut, and where. */
  static Stream<Arguments> sound() {
    return IntStream.range(0, FIXTURES.size())
        .mapToObj(
            index -> {
              ByteArrayOutputStream bytes = new ByteArrayOutputStream();
              bytes.write(index);
              bytes.write(0);
              bytes.writeBytes(Bodies.utf8(FIXTURES.get(index).response()));
              return arguments(bytes.toByteArray());
            });
  }

  @MethodSource("sound")
  @FuzzTest(maxDuration = "10s")
  void anyBytesAreRead(byte[] data) {
    if (data == null || data.length < 2) {
      return;
    }
    Fixture fixture = FIXTURES.get((data[0] & 0xff) % FIXTURES.size());
    byte[] bytes = Arrays.copyOfRange(data, 2, data.length);
    int gap = data[1] & 0xff;
    int gapAt = (int) ((long) gap * bytes.length / 256);
    Invariants.check(
        fixture,
        gap == 0
            ? TraceBody.of(bytes, fixture.mediaType())
            : TraceBody.truncated(bytes, gapAt, bytes.length + 1L, fixture.mediaType()));
  }
}
