package io.traceforge.pricing;

import io.traceforge.storage.Page;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.StorageException;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.SessionTimeline;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceCosts;
import io.traceforge.trace.TraceMetadata;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The prices of models, and what recorded calls cost by them.
 *
 * <pre>{@code
 * PriceBook prices =
 *     PriceBook.standard().toBuilder()
 *         .add("openai", "our-own-model", Price.of("0.40", "1.60"))
 *         .build();
 * Cost cost = prices.costOf(storage, sessionId);
 * System.out.println(cost.knownUsd() + " USD, " + cost.unknownTraces() + " traces unknown");
 * }</pre>
 *
 * <p>The price that held when a call began counts; days begin at midnight UTC. A model is looked up
 * by the name in the response, then by the one in the request: at {@link #ANY_PROVIDER}; at the
 * seller to whom the URL belongs; at any other URL, as a gateway's, at the provider whose wire
 * format was spoken, at the one named before a slash ({@code anthropic/claude-...}), at the maker
 * whom the name itself tells ({@code gemini-...}). A dated name that is not listed counts as the
 * name without its date.
 *
 * <p>Prices are list prices for text. Not in them: other prices for batch, flexible or prioritised
 * calls, for audio and images, for regions; fees for tools such as web searches; discounts and
 * taxes.
 */
public final class PriceBook implements TraceCosts {
  /** Stands for any provider in {@link Builder#add}. */
  public static final String ANY_PROVIDER = Sellers.ANYBODY;

  private static final int PAGE = 50;

  private final Sellers sellers;
  private final @Nullable LocalDate asOf;
  private final @Nullable String source;

  PriceBook(Sellers sellers, @Nullable LocalDate asOf, @Nullable String source) {
    this.sellers = sellers;
    this.asOf = asOf;
    this.source = source;
  }

  /** Read when first asked for. */
  private static final class Standard {
    private static final String RESOURCE = "prices.json";
    static final PriceBook BOOK = read();

    private static PriceBook read() {
      try (Reader text =
          new InputStreamReader(
              Objects.requireNonNull(PriceBook.class.getResourceAsStream(RESOURCE), RESOURCE),
              StandardCharsets.UTF_8)) {
        return PriceFile.read(text);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(RESOURCE, unreadable);
      }
    }
  }

  /** Returns the prices that come with this version of TraceForge (see {@link #asOf()}). */
  public static PriceBook standard() {
    return Standard.BOOK;
  }

  /**
   * Returns the prices in a file, and no others. {@code docs/costs.md} tells its form.
   *
   * @throws UncheckedIOException if the file cannot be read
   * @throws IllegalArgumentException if it is no price file; the message tells what is wrong where
   */
  public static PriceBook load(Path file) {
    try (Reader text = Files.newBufferedReader(file)) {
      return PriceFile.read(text);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read the prices in " + file, unreadable);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(file + ": " + wrong.getMessage(), wrong);
    }
  }

  /** Returns a builder with no prices. */
  public static Builder builder() {
    return new Builder(new PriceBook(Sellers.of(List.of()), null, null));
  }

  /** Returns a builder with these prices. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Returns these prices, overridden by others where those know a model. */
  public PriceBook with(PriceBook others) {
    return new PriceBook(
        sellers.overriddenBy(others.sellers),
        latest(others.asOf, asOf),
        joined(others.source, source));
  }

  private static @Nullable LocalDate latest(@Nullable LocalDate a, @Nullable LocalDate b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.isAfter(b) ? a : b;
  }

  private static @Nullable String joined(@Nullable String a, @Nullable String b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a + "; " + b;
  }

  /** Returns the day of the newest figures, or empty if no file told one. */
  public Optional<LocalDate> asOf() {
    return Optional.ofNullable(asOf);
  }

  /** Returns where the figures come from, or empty if no file tells it. */
  public Optional<String> source() {
    return Optional.ofNullable(source);
  }

  /** Returns what a call cost. Attempts of a call are traces of their own, each with its cost. */
  public Cost costOf(Trace trace) {
    if (Billing.isFree(trace)) {
      return Cost.ZERO;
    }
    String obstacle = Billing.obstacle(trace);
    return obstacle == null ? priced(trace) : Cost.unknown(obstacle);
  }

  private Cost priced(Trace trace) {
    TraceMetadata metadata = trace.metadata();
    ModelPrices model = find(trace, metadata.responseModel());
    if (model == null) {
      model = find(trace, metadata.requestModel());
    }
    if (model == null) {
      return Cost.unknown(
          "no price of \"" + metadata.model() + "\" at \"" + metadata.provider() + "\" is known");
    }
    Price price = model.at(trace.startTime());
    return price == null
        ? Cost.unknown(model.whyUnknown(String.valueOf(metadata.model())))
        : Bill.of(metadata.usage(), price, "embeddings".equals(metadata.operation()));
  }

  private @Nullable ModelPrices find(Trace trace, @Nullable String model) {
    return model == null
        ? null
        : sellers.find(trace.metadata().provider(), trace.request().url(), model);
  }

  /** For the texts of timelines; {@link #costOf(Trace)} tells more. */
  @Override
  public @Nullable BigDecimal usdOf(Trace trace) {
    return costOf(trace).usd().orElse(null);
  }

  /** Returns what calls cost together. */
  public Cost costOf(Iterable<Trace> traces) {
    Cost sum = Cost.ZERO;
    for (Trace trace : traces) {
      sum = sum.plus(costOf(trace));
    }
    return sum;
  }

  /** Returns what a call cost with all its attempts. */
  public Cost costOf(SessionTimeline.Call call) {
    return costOf(call.attempts());
  }

  /** Returns what the calls of a step cost. */
  public Cost costOf(SessionTimeline.Step step) {
    return step.calls().stream().map(this::costOf).reduce(Cost.ZERO, Cost::plus);
  }

  /** Returns what the calls of a timeline cost. */
  public Cost costOf(SessionTimeline timeline) {
    return timeline.steps().stream().map(this::costOf).reduce(Cost.ZERO, Cost::plus);
  }

  /**
   * Returns what the stored traces of a session cost; nothing if it has none. Traces that were lost
   * are not in it: {@code SessionMetadata.lostTraces()} counts them.
   *
   * @throws NoSuchElementException if no such session is stored
   * @throws StorageException if the storage cannot be read
   */
  public Cost costOf(StorageBackend storage, String sessionId) {
    if (storage.getSessionMetadata(sessionId).isEmpty()) {
      throw new NoSuchElementException("no session \"" + sessionId + "\"");
    }
    TraceQuery query = TraceQuery.ofSession(sessionId).withLimit(PAGE);
    Page<Trace> page = storage.listTraces(query);
    Cost sum = costOf(page.items());
    while (page.nextCursor() != null) {
      page = storage.listTraces(query.after(page.nextCursor()));
      sum = sum.plus(costOf(page.items()));
    }
    return sum;
  }

  /** Builds a {@link PriceBook}. Not safe for use by many threads at once. */
  public static final class Builder {
    private final PriceBook base;
    private final Map<String, Map<String, ModelPrices>> models = new LinkedHashMap<>();

    private Builder(PriceBook base) {
      this.base = base;
    }

    /**
     * Adds the price of a model, or replaces it. A name counts before a pattern that matches it,
     * and of two patterns the one that was added first.
     *
     * @param provider the seller, such as {@code openai}, or {@link #ANY_PROVIDER}
     * @param model the model's name, with {@code *} at its beginning or end for any text
     * @throws IllegalArgumentException if the name is none
     */
    public Builder add(String provider, String model, Price price) {
      return add(provider, model, LocalDate.MIN, price);
    }

    /** Adds the price that a model has from a day on (UTC), until another one is valid. */
    public Builder add(String provider, String model, LocalDate from, Price price) {
      Objects.requireNonNull(price, "price");
      NamePattern name = NamePattern.of(model);
      models
          .computeIfAbsent(provider, seller -> new LinkedHashMap<>())
          .merge(name.toString(), ModelPrices.from(name, from, price), ModelPrices::plus);
      return this;
    }

    /** Returns the prices. */
    public PriceBook build() {
      List<Seller> sellers = new ArrayList<>();
      models.forEach((id, list) -> sellers.add(Seller.of(id, List.copyOf(list.values()))));
      return base.with(new PriceBook(Sellers.of(sellers), null, null));
    }
  }
}
