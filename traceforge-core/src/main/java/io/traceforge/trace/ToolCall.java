package io.traceforge.trace;

import com.google.auto.value.AutoValue;
import org.jspecify.annotations.Nullable;

/** A tool call that the model asked for. */
@AutoValue
public abstract class ToolCall {
  ToolCall() {}

  /** Returns a tool call. */
  public static ToolCall of(@Nullable String id, String name, String arguments) {
    return new AutoValue_ToolCall(id, name, arguments);
  }

  /** Returns the provider's id of this tool call, if there was one. */
  public abstract @Nullable String id();

  /** Returns the name of the tool. */
  public abstract String name();

  /** Returns the arguments as the model wrote them, usually JSON text. */
  public abstract String arguments();

  /** Without the arguments: they may be confidential, and this text may be logged. */
  @Override
  public final String toString() {
    return "ToolCall{" + name() + ", " + arguments().length() + " characters of arguments}";
  }
}
