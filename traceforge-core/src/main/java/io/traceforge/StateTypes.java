package io.traceforge;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.File;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Collection;
import java.util.Date;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.Spliterator;
import java.util.regex.Pattern;
import java.util.stream.BaseStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the types whose fields, which Gson would write, tell nothing or are closed to it; refuses
 * those that are no values.
 */
final class StateTypes implements TypeAdapterFactory {
  private static final Set<Class<?>> TEXTS =
      Set.of(
          TemporalAccessor.class,
          TemporalAmount.class,
          ZoneId.class,
          Path.class,
          File.class,
          URI.class,
          Pattern.class,
          Charset.class,
          Throwable.class);

  private static final Set<Class<?>> OPTIONALS =
      Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

  /** To read them would use them up, and some never end. */
  private static final Set<Class<?>> SEQUENCES =
      Set.of(
          Iterator.class, Iterable.class, BaseStream.class, Enumeration.class, Spliterator.class);

  /** Kotlin's library need not be there, so its classes are told by their names. */
  private static final Set<String> KOTLIN_NUMBERS =
      Set.of("kotlin.UByte", "kotlin.UShort", "kotlin.UInt", "kotlin.ULong");

  private static final Set<String> KOTLIN_TEXTS =
      Set.of(
          "kotlin.time.Duration", "kotlin.time.Instant", "kotlin.uuid.Uuid", "kotlin.text.Regex");

  private static final Set<String> KOTLIN_OBJECTS = Set.of("kotlin.Pair", "kotlin.Triple");

  /** Their operators are inlined, so what implements them is often a class of the caller's. */
  private static final Set<String> KOTLIN_SEQUENCES =
      Set.of("kotlin.sequences.Sequence", "kotlinx.coroutines.flow.Flow");

  /** Returns whether a value is one that may be absent, and then is JSON null. */
  static boolean isOptional(Object value) {
    return OPTIONALS.contains(value.getClass());
  }

  @Override
  public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    Class<? super T> raw = type.getRawType();
    if (isOneOf(TEXTS, raw) || KOTLIN_TEXTS.contains(raw.getName())) {
      return writing((out, value) -> out.value(value.toString()));
    }
    if (raw == Date.class) { // by default as people of some country write it
      return writing((out, value) -> out.value(((Date) value).toInstant().toString()));
    }
    if (OPTIONALS.contains(raw)) {
      return writing((out, value) -> gson.getAdapter(Object.class).write(out, valueOf(value)));
    }
    if (KOTLIN_NUMBERS.contains(raw.getName())) {
      return writing((out, value) -> out.value(new BigInteger(value.toString())));
    }
    return isNoValue(raw) ? writing((out, value) -> writeOrRefuse(gson, out, value)) : null;
  }

  private static boolean isOneOf(Set<Class<?>> types, Class<?> type) {
    return types.stream().anyMatch(one -> one.isAssignableFrom(type));
  }

  private static boolean isNoValue(Class<?> type) {
    boolean list =
        Collection.class.isAssignableFrom(type) || JsonElement.class.isAssignableFrom(type);
    return (isOneOf(SEQUENCES, type) && !list) || isOfKotlin(type) || isLambda(type);
  }

  private static boolean isLambda(Class<?> type) {
    return type.isHidden();
  }

  private static boolean isOfKotlin(Class<?> type) {
    boolean ofALibrary =
        type.getName().startsWith("kotlin.") || type.getName().startsWith("kotlinx.coroutines.");
    return isKotlinSequence(type)
        || (ofALibrary
            && !Collection.class.isAssignableFrom(type)
            && !Map.class.isAssignableFrom(type)
            && !type.isEnum()
            && !KOTLIN_OBJECTS.contains(type.getName()));
  }

  private static boolean isKotlinSequence(@Nullable Class<?> type) {
    return type != null
        && (KOTLIN_SEQUENCES.contains(type.getName())
            || isKotlinSequence(type.getSuperclass())
            || Stream.of(type.getInterfaces()).anyMatch(StateTypes::isKotlinSequence));
  }

  private static @Nullable Object valueOf(Object optional) {
    if (optional instanceof Optional<?> some) {
      return some.orElse(null);
    }
    if (optional instanceof OptionalInt number) {
      return number.isPresent() ? number.getAsInt() : null;
    }
    if (optional instanceof OptionalLong number) {
      return number.isPresent() ? number.getAsLong() : null;
    }
    OptionalDouble number = (OptionalDouble) optional;
    return number.isPresent() ? number.getAsDouble() : null;
  }

  /** A field may be declared as a sequence and hold a list. */
  private static void writeOrRefuse(Gson gson, JsonWriter out, Object value) throws IOException {
    if (isNoValue(value.getClass())) {
      throw new IllegalArgumentException(
          "a "
              + value.getClass().getName()
              + " is no value; if it has values, pass a list of them");
    }
    gson.getAdapter(Object.class).write(out, value);
  }

  private interface Writing {
    void write(JsonWriter out, Object value) throws IOException;
  }

  private static <T> TypeAdapter<T> writing(Writing writing) {
    return new TypeAdapter<T>() {
      @Override
      public void write(JsonWriter out, T value) throws IOException {
        writing.write(out, value);
      }

      @Override
      public T read(JsonReader in) {
        throw new UnsupportedOperationException();
      }
    }.nullSafe();
  }
}
