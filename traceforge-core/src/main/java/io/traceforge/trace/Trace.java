package io.traceforge.trace;

import com.google.auto.value.AutoValue;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One recorded HTTP call: what was asked, what came back, and where in which session it happened.
 *
 * <p>The names are those of the original TraceForge in camel case.
 */
@AutoValue
public abstract class Trace {
  Trace() {}

  /** Returns a builder for a call that is in progress, at step 0 of no session. */
  public static Builder builder() {
    return new AutoValue_Trace.Builder()
        .stepIndex(0)
        .callNumber(0)
        .stateJson("{}")
        .status(TraceStatus.IN_PROGRESS)
        .metadata(TraceMetadata.builder().build());
  }

  /** Returns a builder with this trace's values. */
  public abstract Builder toBuilder();

  /** Returns the unique id: a version 7 UUID in lower case, so ids sort roughly by time. */
  public abstract String id();

  /** Returns the session, or {@code null} if the call belongs to none. */
  public abstract @Nullable String sessionId();

  /** Returns the step within the session, from 0. */
  public abstract int stepIndex();

  /**
   * Returns the call's number within its session, from 1; 0 if the call belongs to no session. A
   * number that no stored trace bears is a call that was lost.
   */
  public abstract int callNumber();

  /** Returns the trace that this one was made for, if the caller set one. */
  public abstract @Nullable String parentTraceId();

  /** Returns the session's state when the call was made, as the text of one JSON object. */
  public abstract String stateJson();

  /** Returns how the call ended. */
  public abstract TraceStatus status();

  /** Returns the wall-clock time at which the call began, as finely as the system's clock tells. */
  public abstract Instant startTime();

  /** Returns the request. */
  public abstract TraceRequest request();

  /** Returns the response, or {@code null} if none came or none has come yet. */
  public abstract @Nullable TraceResponse response();

  /** Returns why the call failed or was cancelled, or {@code null} if it did not. */
  public abstract @Nullable TraceError error();

  /** Returns model, usage, timing and the like. */
  public abstract TraceMetadata metadata();

  /** Returns the session's state when the call was made: a fresh copy at each call. */
  public final JsonObject stateSnapshot() {
    return JsonParser.parseString(stateJson()).getAsJsonObject();
  }

  /** Returns the time at which the call ended, or {@code null} if it has not. */
  public final @Nullable Instant endTime() {
    Duration total = metadata().timing().total();
    return total == null ? null : startTime().plus(total);
  }

  /**
   * Returns all but the state and what bodies hold: these may be confidential, and this text may be
   * logged.
   */
  @Override
  public final String toString() {
    return "Trace{id="
        + id()
        + ", sessionId="
        + sessionId()
        + ", stepIndex="
        + stepIndex()
        + ", callNumber="
        + callNumber()
        + ", parentTraceId="
        + parentTraceId()
        + ", stateJson="
        + stateJson().length()
        + " characters, status="
        + status()
        + ", startTime="
        + startTime()
        + ", request="
        + request()
        + ", response="
        + response()
        + ", error="
        + error()
        + ", metadata="
        + metadata()
        + "}";
  }

  /** Builds a {@link Trace}. */
  @AutoValue.Builder
  public abstract static class Builder {
    Builder() {}

    /** Sets the unique id. */
    public abstract Builder id(String id);

    /** Sets the session. */
    public abstract Builder sessionId(@Nullable String sessionId);

    /** Sets the step within the session, from 0. */
    public abstract Builder stepIndex(int stepIndex);

    /** Sets the call's number within its session, from 1. */
    public abstract Builder callNumber(int callNumber);

    /** Sets the trace that this one was made for. */
    public abstract Builder parentTraceId(@Nullable String traceId);

    /** Sets the session's state, as the text of one JSON object. */
    public abstract Builder stateJson(String json);

    /** Sets how the call ended. */
    public abstract Builder status(TraceStatus status);

    /** Sets the wall-clock time at which the call began. */
    public abstract Builder startTime(Instant time);

    /** Sets the request. */
    public abstract Builder request(TraceRequest request);

    /** Sets the response. */
    public abstract Builder response(@Nullable TraceResponse response);

    /** Sets why the call failed or was cancelled. */
    public abstract Builder error(@Nullable TraceError error);

    /** Sets model, usage, timing and the like. */
    public abstract Builder metadata(TraceMetadata metadata);

    /**
     * Returns the trace.
     *
     * @throws IllegalStateException if id, start time or request is missing
     */
    public abstract Trace build();
  }
}
