package io.traceforge.storage.sqlite;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The last request of each session: the next one mostly begins with the same bytes, so what was
 * found and stored of them need not be looked at again.
 */
final class LastRequests {
  private static final long MOST_BYTES = 32L << 20;
  private static final int SHARE_OF_MEMORY = 32;

  private final Cache<Long, Request> requests =
      Caffeine.newBuilder()
          .maximumWeight(Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY))
          .weigher((Long holder, Request request) -> request.weight())
          .executor(Runnable::run)
          .build();
  private final Map<Long, Request> fresh = new HashMap<>();

  /** A request's body, its pieces and the parts that they are. */
  static final class Request {
    private final byte[] text;
    private final List<Piece> pieces;
    private final List<PartRef> parts;

    Request(byte[] text, List<Piece> pieces, List<PartRef> parts) {
      this.text = text;
      this.pieces = pieces;
      this.parts = parts;
    }

    byte[] text() {
      return text;
    }

    List<Piece> pieces() {
      return pieces;
    }

    List<PartRef> parts() {
      return parts;
    }

    private static final int PIECE = 100;
    private static final Request NONE = new Request(new byte[0], List.of(), List.of());

    int weight() {
      return text.length + pieces.size() * PIECE;
    }

    /** Returns how many of the pieces stand in what another text begins with as well. */
    int piecesWithin(byte[] other, int length) {
      int end = Math.min(text.length, length);
      int common = Arrays.mismatch(text, 0, end, other, 0, end);
      int bound = common < 0 ? end : common;
      int low = 0;
      int high = pieces.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (pieces.get(middle).end() <= bound) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }

  Request of(Holder holder) {
    Request request = fresh.get(holder.number());
    if (request == null) {
      request = requests.getIfPresent(holder.number());
    }
    return request == null ? Request.NONE : request;
  }

  void put(Holder holder, byte[] text, List<Piece> pieces, List<PartRef> parts) {
    fresh.put(holder.number(), new Request(text, new ArrayList<>(pieces), new ArrayList<>(parts)));
  }

  /** Begins a transaction. */
  void begin(boolean knownHolds) {
    fresh.clear();
    if (!knownHolds) {
      requests.invalidateAll();
    }
  }

  /** Keeps in mind what a transaction has stored, now that it is committed. */
  void committed() {
    requests.putAll(fresh);
    fresh.clear();
  }

  /** Forgets a session that is being deleted. */
  void forget(long holder) {
    requests.invalidate(holder);
    fresh.remove(holder);
  }
}
