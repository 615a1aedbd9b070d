package io.traceforge.okhttp;

import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceTiming;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import okio.Buffer;
import okio.Source;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a recorded body, an event at a time: a caller who waits for one gets it without the
 * next. Events come at even distances between the first byte and the end.
 */
final class ReplayedBody implements Source {
  private final byte[] bytes;
  private final List<Integer> ends;
  private final TraceTiming timing;
  private final ReplayPace pace;
  private final @Nullable IOException failure;
  private final Timeout timeout = new Timeout();
  private int piece;
  private int position;
  private boolean closed;

  /**
   * Makes a body.
   *
   * @param failure what comes after the last byte instead of the end, or null
   */
  ReplayedBody(
      TraceBody recorded, TraceTiming timing, ReplayPace pace, @Nullable IOException failure) {
    this.bytes = recorded.bytes();
    this.ends = StreamPieces.endsOf(recorded);
    this.timing = timing;
    this.pace = pace;
    this.failure = failure;
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    if (position == bytes.length) {
      return end();
    }
    pace.await(timeOf(piece), timeout);
    int count = (int) Math.min(byteCount, ends.get(piece) - position);
    sink.write(bytes, position, count);
    position += count;
    piece += position == ends.get(piece) ? 1 : 0;
    return count;
  }

  private long end() throws IOException {
    pace.await(timing.total(), timeout);
    if (failure != null) {
      throw failure;
    }
    return -1;
  }

  private @Nullable Duration timeOf(int index) {
    Duration first = timing.toFirstByte();
    Duration total = timing.total();
    return first == null || total == null || total.compareTo(first) < 0
        ? first
        : first.plus(total.minus(first).multipliedBy(index).dividedBy(ends.size()));
  }

  @Override
  public Timeout timeout() {
    return timeout;
  }

  @Override
  public void close() {
    closed = true;
  }
}
