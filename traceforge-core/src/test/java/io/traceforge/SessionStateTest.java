package io.traceforge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SessionStateTest {
  enum Mode {
    FAST
  }

  record Flight(String to, int seats, Mode mode) {}

  record Holder(Path path, Iterable<Integer> of) {}

  /** A sequence that somebody wrote: its fields are none of anybody's business. */
  static final class Countdown implements Iterable<Integer> {
    final int from = 3;

    @Override
    public Iterator<Integer> iterator() {
      return List.of(from, 2, 1).iterator();
    }
  }

  static final class Failing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new UnsupportedOperationException("no message");
    }
  }

  static final class Basket {
    final List<Flight> flights = List.of(new Flight("Paris", 2, Mode.FAST));
    final transient String note = "not kept";
  }

  private final SessionTracker session = new SessionTracker();

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("text", "\"text\""),
        Arguments.of("<a href='x'>&", "\"<a href='x'>&\""),
        Arguments.of(42, "42"),
        Arguments.of(-0.5, "-0.5"),
        Arguments.of(Long.MAX_VALUE, "9223372036854775807"),
        Arguments.of(true, "true"),
        Arguments.of(null, "null"),
        Arguments.of('c', "\"c\""),
        Arguments.of(Arrays.asList("a", null, 1), "[\"a\",null,1]"),
        Arguments.of(Map.of("k", List.of(1)), "{\"k\":[1]}"),
        Arguments.of(new int[] {1, 2}, "[1,2]"),
        Arguments.of(new Flight("Rome", 1, null), "{\"to\":\"Rome\",\"seats\":1,\"mode\":null}"),
        Arguments.of(Mode.FAST, "\"FAST\""),
        Arguments.of(Instant.EPOCH, "\"1970-01-01T00:00:00Z\""),
        Arguments.of(LocalDate.of(2026, 1, 31), "\"2026-01-31\""),
        Arguments.of(DayOfWeek.MONDAY, "\"MONDAY\""),
        Arguments.of(Duration.ofMinutes(90), "\"PT1H30M\""),
        Arguments.of(new UUID(1, 2), "\"00000000-0000-0001-0000-000000000002\""),
        Arguments.of(ZoneId.of("Europe/Paris"), "\"Europe/Paris\""),
        Arguments.of(Date.from(Instant.EPOCH), "\"1970-01-01T00:00:00Z\""),
        Arguments.of(Path.of("a", "b.txt"), "\"a/b.txt\""),
        Arguments.of(new File("a.txt"), "\"a.txt\""),
        Arguments.of(URI.create("http://a/?b=1"), "\"http://a/?b=1\""),
        Arguments.of(Pattern.compile("a+"), "\"a+\""),
        Arguments.of(StandardCharsets.UTF_8, "\"UTF-8\""),
        Arguments.of(Optional.of(Mode.FAST), "\"FAST\""),
        Arguments.of(Optional.of(List.of(Optional.empty())), "[null]"),
        Arguments.of(Optional.empty(), "null"),
        Arguments.of(OptionalInt.of(3), "3"),
        Arguments.of(OptionalLong.empty(), "null"),
        Arguments.of(OptionalDouble.of(0.5), "0.5"),
        Arguments.of(new IOException("no route"), "\"java.io.IOException: no route\""),
        Arguments.of(new IllegalStateException(), "\"java.lang.IllegalStateException\""),
        Arguments.of(
            Map.of("failure", new IOException("no route", new IOException("cause"))),
            "{\"failure\":\"java.io.IOException: no route\"}"),
        Arguments.of(
            new Holder(Path.of("a"), new ArrayDeque<>(List.of(1))), "{\"path\":\"a\",\"of\":[1]}"),
        Arguments.of(new JsonObject(), "{}"),
        Arguments.of(
            new Basket(), "{\"flights\":[{\"to\":\"Paris\",\"seats\":2,\"mode\":\"FAST\"}]}"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void everyCommonKindOfValueBecomesJson(Object value, String json) {
    session.setState("key", value);

    assertThat(session.context().stateJson()).isEqualTo("{\"key\":" + json + "}");
  }

  @Test
  void aValueIsReplacedAndOthersStay() {
    session.setState("a", 1);
    session.setState("b", 2);
    session.setState("a", 3);

    assertThat(session.context().stateJson()).isEqualTo("{\"a\":3,\"b\":2}");
  }

  @Test
  void laterChangesToTheObjectChangeNothing() {
    Map<String, Object> map = new HashMap<>(Map.of("k", 1));
    JsonArray array = new JsonArray();
    session.setState("map", map);
    session.setState("array", array);

    map.put("k", 2);
    array.add("later");

    assertThat(session.context().stateJson()).isEqualTo("{\"map\":{\"k\":1},\"array\":[]}");
    assertThat(session.getState().getAsJsonArray("array")).isEmpty();
  }

  @Test
  void theStateReturnedIsACopy() {
    session.setState("list", List.of(1));

    session.getState().addProperty("other", 2);
    session.getState().getAsJsonArray("list").add(2);

    assertThat(session.getState()).hasToString("{\"list\":[1]}");
  }

  static Stream<Object> impossibleValues() {
    List<Object> cycle = new ArrayList<>();
    cycle.add(cycle);
    return Stream.of(
        Double.NaN,
        Float.NEGATIVE_INFINITY,
        List.of(Double.POSITIVE_INFINITY),
        cycle,
        Thread.currentThread(),
        List.of(1).iterator(),
        Stream.of(1),
        IntStream.range(0, 3),
        new Countdown(),
        List.of(1).spliterator(),
        Collections.enumeration(List.of(1)),
        Map.of("k", new Countdown()),
        Optional.of(Stream.of(1)),
        OptionalDouble.of(Double.NaN),
        new Failing(),
        new CompletableFuture<>(),
        (Supplier<String>) () -> "later",
        SessionStateTest.class,
        anonymous());
  }

  /** Gson leaves objects of classes without a name out, silently. */
  private static Object anonymous() {
    return new Object() {
      @Override
      public String toString() {
        return "anonymous";
      }
    };
  }

  @ParameterizedTest
  @MethodSource("impossibleValues")
  void whatCannotBeJsonIsRefusedAndTheStateStays(Object value) {
    session.setState("before", 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> session.setState("flight", value))
        .withMessageStartingWith("state key \"flight\": a " + value.getClass().getName())
        .withMessageContaining("cannot be written as JSON");
    assertThat(session.context().stateJson()).isEqualTo("{\"before\":1}");
  }
}
