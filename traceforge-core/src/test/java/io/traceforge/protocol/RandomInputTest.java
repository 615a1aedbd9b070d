package io.traceforge.protocol;

import io.traceforge.trace.TraceBody;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for any bytes whatsoever, tried on many that a seed makes from sound ones. To try a
 * failure again, give its seed to {@link #check}.
 */
class RandomInputTest {
  private static final int CASES_PER_SEED = 400;
  private static final List<Fixture> FIXTURES = Fixtures.all();
  private static final String[] SPOILERS = {
    "{",
    "}",
    "[",
    "]",
    "\"",
    ",",
    ":",
    "\\",
    "\\u",
    "\n",
    "\r",
    "\n\n",
    "data:",
    "event: error\n",
    "null",
    "0",
    "-1",
    "1e999999999",
    "true",
    "{}",
    "[]",
    "\0",
    "\u00e9",
    "[DONE]",
    "\"type\":",
    "\"index\":",
    "\"error\":",
    "\"usage\":",
    "\"done\":true",
    "\"finishReason\":\"STOP\"",
    "\ud83c"
  };

  static LongStream seeds() {
    return LongStream.range(0, 25);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyBytesAreRead(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < CASES_PER_SEED; i++) {
      long caseSeed = random.nextLong();
      try {
        check(caseSeed);
      } catch (RuntimeException | Error failure) {
        throw new AssertionError("seed " + caseSeed, failure);
      }
    }
  }

  private static void check(long seed) {
    Random random = new Random(seed);
    Fixture fixture = FIXTURES.get(random.nextInt(FIXTURES.size()));
    byte[] bytes = spoilt(random, Bodies.utf8(fixture.response()));
    TraceBody body = body(random, bytes, fixture.mediaType());

    Invariants.check(fixture, body);
  }

  private static TraceBody body(Random random, byte[] bytes, String mediaType) {
    String told = random.nextInt(4) == 0 ? null : mediaType;
    if (random.nextInt(3) > 0) {
      return TraceBody.of(bytes, told);
    }
    int head = random.nextInt(bytes.length + 1);
    return TraceBody.truncated(bytes, head, bytes.length + 1L + random.nextInt(9), told);
  }

  private static byte[] spoilt(Random random, byte[] sound) {
    List<byte[]> parts = new ArrayList<>();
    int at = 0;
    for (int i = random.nextInt(6); i > 0 && at < sound.length; i--) {
      int next = at + random.nextInt(sound.length - at);
      parts.add(Arrays.copyOfRange(sound, at, next));
      parts.add(spoiler(random));
      at = next + random.nextInt(Math.min(20, sound.length - next) + 1);
    }
    parts.add(Arrays.copyOfRange(sound, at, random.nextInt(4) == 0 ? at : sound.length));
    var all = new ByteArrayOutputStream();
    parts.forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static byte[] spoiler(Random random) {
    if (random.nextInt(5) == 0) {
      byte[] noise = new byte[random.nextInt(12)];
      random.nextBytes(noise);
      return noise;
    }
    return Bodies.utf8(SPOILERS[random.nextInt(SPOILERS.length)]);
  }
}
