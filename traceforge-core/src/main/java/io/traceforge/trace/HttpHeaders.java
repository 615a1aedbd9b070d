package io.traceforge.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a request or response, in their order on the wire. Names are compared
 * without regard to case, and a name may occur more than once.
 */
public final class HttpHeaders {
  private static final HttpHeaders EMPTY = new HttpHeaders(List.of());

  private final List<Field> fields;

  private HttpHeaders(List<Field> fields) {
    this.fields = fields;
  }

  /**
   * One header field.
   *
   * @param name its name, as it was sent
   * @param value its value
   */
  public record Field(String name, String value) {

    /** Checks that both are there. */
    public Field {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(value, "value");
    }

    /** The name only: the value may be a secret, and this text may be logged. */
    @Override
    public String toString() {
      return name;
    }
  }

  /** Returns headers without any field. */
  public static HttpHeaders empty() {
    return EMPTY;
  }

  /** Returns the given fields in the order given. */
  public static HttpHeaders of(List<Field> fields) {
    return fields.isEmpty() ? EMPTY : new HttpHeaders(List.copyOf(fields));
  }

  /**
   * Returns fields from alternating names and values.
   *
   * @throws IllegalArgumentException if a name stands without a value
   */
  public static HttpHeaders of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "namesAndValues: expected pairs, got " + namesAndValues.length + " strings");
    }
    List<Field> fields = new ArrayList<>(namesAndValues.length / 2);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
    }
    return of(fields);
  }

  /**
   * Returns the fields that names and their values amount to, in the order of the names: for
   * clients that keep the values of a name together.
   *
   * @param values returns a name's values, or {@code null} if there are none
   */
  public static HttpHeaders of(
      Iterable<String> names, Function<String, ? extends @Nullable Iterable<String>> values) {
    List<Field> fields = new ArrayList<>();
    for (String name : names) {
      Iterable<String> told = values.apply(name);
      if (told != null) {
        told.forEach(value -> fields.add(new Field(name, value)));
      }
    }
    return of(fields);
  }

  /** Returns all fields, unmodifiable, in their order on the wire. */
  public List<Field> fields() {
    return fields;
  }

  /** Returns the last value of a name, or {@code null} if the name is absent. */
  public @Nullable String get(String name) {
    for (int i = fields.size() - 1; i >= 0; i--) {
      if (fields.get(i).name().equalsIgnoreCase(name)) {
        return fields.get(i).value();
      }
    }
    return null;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HttpHeaders headers && fields.equals(headers.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  /** Names only: a value may be a secret, and this text may end in a log. */
  @Override
  public String toString() {
    return fields.stream().map(Field::name).toList().toString();
  }
}
