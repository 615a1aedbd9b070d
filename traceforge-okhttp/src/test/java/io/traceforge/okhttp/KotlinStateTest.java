package io.traceforge.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.traceforge.SessionTracker;
import java.util.Map;
import java.util.stream.Stream;
import kotlin.LazyKt;
import kotlin.Pair;
import kotlin.UByte;
import kotlin.UInt;
import kotlin.ULong;
import kotlin.UShort;
import kotlin.Unit;
import kotlin.collections.CollectionsKt;
import kotlin.ranges.IntRange;
import kotlin.sequences.SequencesKt;
import kotlin.text.Regex;
import kotlin.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of Kotlin's library, which comes with OkHttp, in a session's state. */
class KotlinStateTest {
  private final SessionTracker session = new SessionTracker();

  /** What Kotlin does where a value of such a class is passed as an object. */
  private static Object boxed(Class<?> type, Class<?> of, Object bits) throws Exception {
    return type.getMethod("box-impl", of).invoke(null, bits);
  }

  static Stream<Arguments> values() throws Exception {
    Object most = boxed(UInt.class, int.class, -1);
    return Stream.of(
        Arguments.of(most, "4294967295"),
        Arguments.of(boxed(ULong.class, long.class, -1L), "18446744073709551615"),
        Arguments.of(boxed(UByte.class, byte.class, (byte) -1), "255"),
        Arguments.of(boxed(UShort.class, short.class, (short) 7), "7"),
        Arguments.of(Map.of("most", CollectionsKt.listOf(most)), "{\"most\":[4294967295]}"),
        Arguments.of(boxed(Duration.class, long.class, 4_000_000_000L), "\"2s\""),
        Arguments.of(new Pair<>("a", 1), "{\"first\":\"a\",\"second\":1}"),
        Arguments.of(new Regex("a+"), "\"a+\""));
  }

  @ParameterizedTest
  @MethodSource("values")
  void whatIsAValueBecomesJson(Object value, String json) {
    session.setState("key", value);

    assertThat(session.context().stateJson()).isEqualTo("{\"key\":" + json + "}");
  }

  static Stream<Object> impossibleValues() {
    return Stream.of(
        SequencesKt.sequenceOf(1, 2),
        new IntRange(1, 3),
        LazyKt.lazy(() -> "later"),
        Unit.INSTANCE,
        Map.of("k", SequencesKt.sequenceOf(1, 2)));
  }

  @ParameterizedTest
  @MethodSource("impossibleValues")
  void whatIsNoValueIsRefused(Object value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> session.setState("flight", value))
        .withMessageStartingWith("state key \"flight\": a " + value.getClass().getName());
    assertThat(session.context().stateJson()).isEqualTo("{}");
  }
}
