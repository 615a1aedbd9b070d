package io.traceforge;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.annotations.SerializedName;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a Kotlin class keeps as a bare number as the value that it means. Kotlin does so with
 * unsigned numbers and durations that are a property's whole type. In a list, or where it may be
 * null, such a value is an object, which {@link StateTypes} knows.
 */
final class KotlinProperties implements TypeAdapterFactory {
  /** By what follows a getter's name: Kotlin's digest of the type that it returns. */
  private static final Map<String, String> TYPES =
      Map.of(
          "-w2LRezQ", "kotlin.UByte",
          "-Mh2AYeg", "kotlin.UShort",
          "-pVg5ArA", "kotlin.UInt",
          "-s-VKNKU", "kotlin.ULong",
          "-UwyO8pc", "kotlin.time.Duration");

  private static final int DIGEST = "-pVg5ArA".length();

  @Override
  public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    Map<Field, Method> boxings = new LinkedHashMap<>();
    for (Class<?> part = type.getRawType(); isOfKotlin(part); part = part.getSuperclass()) {
      addBoxings(boxings, part);
    }
    return boxings.isEmpty() ? null : boxing(gson, gson.getDelegateAdapter(this, type), boxings);
  }

  private static boolean isOfKotlin(@Nullable Class<?> type) {
    return type != null
        && Arrays.stream(type.getAnnotations())
            .anyMatch(one -> one.annotationType().getName().equals("kotlin.Metadata"));
  }

  private static void addBoxings(Map<Field, Method> boxings, Class<?> type) {
    Map<String, String> typesByGetter = typesByGetter(type);
    for (Field field : type.getDeclaredFields()) {
      String ofKotlin = typesByGetter.get(getterOf(field.getName()));
      if (ofKotlin != null && field.getType().isPrimitive()) {
        field.setAccessible(true);
        boxings.put(field, boxing(ofKotlin, field));
      }
    }
  }

  private static Map<String, String> typesByGetter(Class<?> type) {
    Map<String, String> types = new HashMap<>();
    for (Method method : type.getDeclaredMethods()) {
      String name = method.getName();
      int end = name.indexOf('-');
      if (end > 0 && end + DIGEST <= name.length() && method.getParameterCount() == 0) {
        String ofKotlin = TYPES.get(name.substring(end, end + DIGEST));
        if (ofKotlin != null) {
          types.put(name.substring(0, end), ofKotlin);
        }
      }
    }
    return types;
  }

  private static String getterOf(String property) {
    if (property.matches("is[^a-z].*")) {
      return property;
    }
    String first = property.substring(0, 1);
    boolean ascii = first.charAt(0) < 128; // Kotlin leaves others as they are
    return "get" + (ascii ? first.toUpperCase(Locale.ROOT) : first) + property.substring(1);
  }

  /** Returns the method that Kotlin itself calls where such a value must be an object. */
  private static Method boxing(String ofKotlin, Field field) {
    try {
      ClassLoader loader = field.getDeclaringClass().getClassLoader();
      return Class.forName(ofKotlin, false, loader).getMethod("box-impl", field.getType());
    } catch (ReflectiveOperationException unknown) {
      throw unreadable(field, unknown);
    }
  }

  private static IllegalArgumentException unreadable(Field field, Exception cause) {
    return new IllegalArgumentException(
        "its property " + field.getName() + " is a bare number that cannot be read", cause);
  }

  private static <T> TypeAdapter<T> boxing(
      Gson gson, TypeAdapter<T> bare, Map<Field, Method> boxings) {
    TypeAdapter<JsonElement> trees = gson.getAdapter(JsonElement.class);
    return new TypeAdapter<T>() {
      @Override
      public void write(JsonWriter out, T value) throws IOException {
        JsonElement tree = bare.toJsonTree(value);
        boxings.forEach(
            (field, boxing) -> {
              String name = nameOf(field);
              if (tree instanceof JsonObject object && object.has(name)) { // transient ones are not
                object.add(name, gson.toJsonTree(boxed(value, field, boxing)));
              }
            });
        trees.write(out, tree);
      }

      @Override
      public T read(JsonReader in) {
        throw new UnsupportedOperationException();
      }
    }.nullSafe();
  }

  private static String nameOf(Field field) {
    SerializedName given = field.getAnnotation(SerializedName.class);
    return given == null ? field.getName() : given.value();
  }

  private static Object boxed(Object value, Field field, Method boxing) {
    try {
      return boxing.invoke(null, field.get(value));
    } catch (ReflectiveOperationException failure) {
      throw unreadable(field, failure);
    }
  }
}
