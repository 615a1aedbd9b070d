package io.traceforge.protocol;

import com.google.auto.value.AutoValue;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceError;
import io.traceforge.trace.TraceMetadata;
import org.jspecify.annotations.Nullable;

/** What a protocol read from an exchange. */
@AutoValue
public abstract class Interpretation {
  private static final Interpretation PLAIN_HTTP = builder().build();

  Interpretation() {}

  /** Returns the interpretation of an exchange that no protocol knows. */
  public static Interpretation plainHttp() {
    return PLAIN_HTTP;
  }

  /** Returns a builder in which nothing is known. */
  public static Builder builder() {
    return new AutoValue_Interpretation.Builder()
        .complete(false)
        .cutShort(false)
        .finished(false)
        .firstContentEnd(-1);
  }

  /** Returns model, usage and the like; its timing and retry count are not a protocol's matter. */
  public abstract TraceMetadata metadata();

  /** Returns the error that the provider told, in whatever place. */
  public abstract @Nullable TraceError error();

  /** Returns what a stream amounts to: JSON in the provider's shape without streaming. */
  public abstract @Nullable TraceBody assembledBody();

  /** Returns the text that the model answered in the first choice, or {@code null} if none. */
  public abstract @Nullable String text();

  /** Returns the reasoning that the model showed with it, or {@code null} if none. */
  public abstract @Nullable String reasoningText();

  /** Returns whether the response came up to the protocol's own end. */
  public abstract boolean complete();

  /**
   * Returns whether the response is a stream that ended before the protocol's own end. Of a stream
   * whose last bytes were not kept nobody can tell, and it is neither complete nor cut short.
   */
  public abstract boolean cutShort();

  /**
   * Returns whether the model was done with all that it had begun to answer, by its finish reasons.
   * Of a stream that was cut short this may be known all the same.
   */
  public abstract boolean finished();

  /**
   * Returns how many bytes of the response's body had come when the first content of a stream was
   * whole; -1 if there was none.
   */
  public abstract long firstContentEnd();

  /** Without what the model said: it may be confidential, and this text may be logged. */
  @Override
  public final String toString() {
    return "Interpretation{metadata="
        + metadata()
        + ", error="
        + error()
        + ", assembledBody="
        + assembledBody()
        + ", complete="
        + complete()
        + ", cutShort="
        + cutShort()
        + ", finished="
        + finished()
        + ", firstContentEnd="
        + firstContentEnd()
        + "}";
  }

  /** Builds an {@link Interpretation}. */
  @AutoValue.Builder
  public abstract static class Builder {
    Builder() {}

    /** Returns the builder of model, usage and the like. */
    public abstract TraceMetadata.Builder metadataBuilder();

    /** Sets the error that the provider told. */
    public abstract Builder error(@Nullable TraceError error);

    /** Sets what a stream amounts to. */
    public abstract Builder assembledBody(@Nullable TraceBody body);

    /** Sets the text that the model answered in the first choice. */
    public abstract Builder text(@Nullable String text);

    /** Sets the reasoning that the model showed with it. */
    public abstract Builder reasoningText(@Nullable String text);

    /** Sets whether the response came up to the protocol's own end. */
    public abstract Builder complete(boolean complete);

    /** Sets whether the response is a stream that ended before the protocol's own end. */
    public abstract Builder cutShort(boolean cutShort);

    /** Sets whether the model was done with all that it had begun to answer. */
    public abstract Builder finished(boolean finished);

    /** Sets how many bytes had come when the first content was whole. */
    public abstract Builder firstContentEnd(long bytes);

    /** Returns the interpretation. */
    public abstract Interpretation build();
  }
}
