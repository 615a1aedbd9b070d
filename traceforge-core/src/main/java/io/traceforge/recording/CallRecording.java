package io.traceforge.recording;

import io.traceforge.internal.TimeIds;
import io.traceforge.recording.CapturedExchange.RequestHead;
import io.traceforge.recording.CapturedExchange.ResponseHead;
import io.traceforge.trace.HttpHeaders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The recording of one call under way. A client adapter tells it what it sees, in order: {@link
 * #request}, the request's body, {@link #requestSent}, {@link #response}, the response's body, and
 * one end. Of several ends the first one counts.
 *
 * <p>No method throws or parses. None blocks, but where {@link OverflowPolicy#BLOCK} is asked for:
 * then the request's sending and the end may wait for room. Safe for use by many threads.
 */
public final class CallRecording {
  private static final RequestHead NO_REQUEST =
      new RequestHead("GET", "", HttpHeaders::empty, null);

  private final Recorder recorder;
  private final String traceId;
  private final SessionPosition position;
  private final Instant startTime;
  private final long startNanos = System.nanoTime();
  private List<BodyCapture> sentBefore = List.of();
  private RequestHead request = NO_REQUEST;
  private @Nullable BodyCapture requestBody;
  private @Nullable ResponseHead response;
  private @Nullable BodyCapture responseBody;
  private long readByCaller = -1;
  private LiveSessions.@Nullable Place place;
  private volatile boolean ended;
  private @Nullable QueuedCall lastStart;

  /** Held here and nowhere else, so that it is gone when the recording is. */
  @SuppressWarnings("UnusedVariable")
  private @Nullable Object watch;

  private volatile boolean held;
  private final AtomicInteger startsPending = new AtomicInteger();
  private volatile boolean endDropped;

  CallRecording(Recorder recorder, SessionPosition position) {
    this.recorder = recorder;
    this.startTime = recorder.now();
    this.traceId = TimeIds.at(startTime);
    this.position = position;
  }

  /** Returns the id of the trace that this call becomes. */
  public String traceId() {
    return traceId;
  }

  /** Returns where in a session the call was made. */
  public SessionPosition position() {
    return position;
  }

  /** Returns the time since the call began, by a monotonic clock. */
  private long elapsedNanos() {
    return System.nanoTime() - startNanos;
  }

  /**
   * Tells the request.
   *
   * @param headers asked once or twice, later and on another thread: it must not change
   * @param mediaType the body's media type, or {@code null} if it has none
   */
  public synchronized void request(
      String method, String url, Supplier<HttpHeaders> headers, @Nullable String mediaType) {
    request = new RequestHead(method, url, headers, mediaType);
  }

  /** Tells the media type of the request's body, where it is known only later. */
  public synchronized void requestMediaType(String mediaType) {
    request = new RequestHead(request.method(), request.url(), request.headers(), mediaType);
  }

  /**
   * Begins the capture of the request's body; a client that sends the body once more begins anew.
   *
   * @param expectedSize the size in bytes, or less than 0 if it is not known
   */
  public synchronized BodyCapture beginRequestBody(long expectedSize) {
    if (requestBody != null) {
      sentBefore = new ArrayList<>(sentBefore);
      sentBefore.add(requestBody);
    }
    requestBody = newCapture(null, expectedSize);
    return requestBody;
  }

  /** Tells that the request was sent: from here on the trace shows, as in progress. */
  public synchronized void requestSent() {
    if (!ended) {
      startsPending.incrementAndGet();
      QueuedCall start = new QueuedCall(this, snapshot(Ending.NONE, null, -1));
      if (recorder.enqueue(start, true)) {
        lastStart = start;
      }
    }
  }

  /**
   * Tells the response's status and headers.
   *
   * @param headers asked once or twice, later and on another thread: it must not change
   */
  public synchronized void response(int statusCode, Supplier<HttpHeaders> headers) {
    response = new ResponseHead(statusCode, headers, elapsedNanos());
  }

  /**
   * Begins the capture of the response's body.
   *
   * @param expectedSize the size in bytes, or less than 0 if it is not known
   */
  public synchronized BodyCapture beginResponseBody(long expectedSize) {
    responseBody = newCapture(new ArrivalTimes(startNanos), expectedSize);
    return responseBody;
  }

  /** Tells that the response was read to its end. */
  public void readToEnd() {
    end(Ending.READ_TO_END, null);
  }

  /**
   * Tells that the caller closed the response before its end. What the adapter read past that point
   * on its own account is recorded, but does not make the call a success.
   *
   * @param bytesRead how many bytes of the body the caller had read
   */
  public synchronized void closed(long bytesRead) {
    readByCaller = bytesRead;
    end(Ending.CLOSED, null);
  }

  /** Tells that an exception, a timeout's included, ended the call. */
  public void failed(Throwable failure) {
    end(Ending.FAILED, failure);
  }

  /** Tells that the caller cancelled the call, and what came of it, if an exception did. */
  public void cancelled(@Nullable Throwable failure) {
    cancelled(failure, System.nanoTime());
  }

  /**
   * Tells that the caller cancelled the call a while ago. It ended then, or with the last that came
   * of the response, whichever was later; so a call that the caller made next does not overlap it.
   *
   * @param failure what came of it, or {@code null} if no exception did
   * @param nanoTime when it was, by {@link System#nanoTime()}
   */
  public void cancelled(@Nullable Throwable failure, long nanoTime) {
    end(Ending.CANCELLED, failure, nanoTime);
  }

  /**
   * Ends the call when the caller forgets the response without closing it.
   *
   * @param response what the caller must hold to read the response; must not be reachable from here
   */
  public synchronized void endWhenForgotten(Object response) {
    if (!ended) {
      watch = recorder.watch(response, this);
      if (startsPending.get() == 0) {
        hold(); // its start was not told, or is stored already
      }
    }
  }

  /** Tells that the caller has forgotten the response. Never waits for room. */
  void abandoned() {
    end(Ending.ABANDONED, null);
  }

  /** Without a lock: it may be the writer who comes, and the end may wait for it. */
  private void hold() {
    held = true;
    recorder.hold(this);
    if (ended) {
      recorder.letGo(this); // the end may have looked before
    }
  }

  /** Gives back the captures' budget, once the writer has read them or will not any more. */
  synchronized void release() {
    releaseIfThere(requestBody);
    releaseIfThere(responseBody);
    sentBefore.forEach(BodyCapture::release);
  }

  /**
   * Takes note that the writer needs a start's captures no more. There is more than one if the
   * request was sent again. Takes no lock if all is well.
   */
  void startDone() {
    if (startsPending.decrementAndGet() == 0) {
      if (endDropped) {
        release();
      } else if (!ended) {
        hold();
      }
    }
  }

  /** Takes note that there is no room for the end. The request is still read for the start. */
  void endDropped() {
    endDropped = true;
    if (startsPending.get() == 0) {
      release();
    }
  }

  private BodyCapture newCapture(@Nullable ArrivalTimes arrivals, long expectedSize) {
    BodyCapture capture = recorder.newCapture(arrivals, expectedSize);
    if (ended) {
      capture.release(); // nobody would give its budget back later
    }
    return capture;
  }

  private void end(Ending ending, @Nullable Throwable failure) {
    end(ending, failure, System.nanoTime());
  }

  private synchronized void end(Ending ending, @Nullable Throwable failure, long nanoTime) {
    if (!ended) {
      ended = true;
      watch = null;
      if (held) {
        recorder.letGo(this);
      }
      sealIfThere(requestBody);
      sealIfThere(responseBody);
      sentBefore.forEach(BodyCapture::seal);
      tell(snapshot(ending, failure, elapsedAt(nanoTime)), ending != Ending.ABANDONED);
    }
  }

  private void tell(CapturedExchange end, boolean mayWait) {
    if (lastStart != null && lastStart.tellInstead(end)) {
      recorder.hurryIfFull();
    } else {
      recorder.enqueue(new QueuedCall(this, end), mayWait);
    }
  }

  private static void sealIfThere(@Nullable BodyCapture capture) {
    if (capture != null) {
      capture.seal();
    }
  }

  private static void releaseIfThere(@Nullable BodyCapture capture) {
    if (capture != null) {
      capture.release();
    }
  }

  /** What came after a cancel was on its way already, and nothing comes after the end. */
  private long elapsedAt(long nanoTime) {
    long elapsed = Math.max(0, nanoTime - startNanos);
    if (response != null) {
      elapsed = Math.max(elapsed, response.elapsedNanos());
    }
    ArrivalTimes arrivals = responseBody == null ? null : responseBody.arrivals();
    return arrivals == null ? elapsed : Math.max(elapsed, arrivals.lastNanos());
  }

  private CapturedExchange snapshot(Ending ending, @Nullable Throwable failure, long elapsedNanos) {
    // Not before: the number of a call that is still connecting would look like a loss.
    LiveSessions.Place placed =
        place == null ? recorder.place(position, traceId, startTime, startNanos) : place;
    place = placed;
    return new CapturedExchange(
        traceId,
        position,
        placed.callNumber(),
        placed.startTime(),
        request,
        requestBody,
        response,
        responseBody,
        ending,
        failure,
        readByCaller,
        elapsedNanos);
  }
}
