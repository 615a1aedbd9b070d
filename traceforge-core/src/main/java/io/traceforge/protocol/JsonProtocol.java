package io.traceforge.protocol;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.traceforge.trace.TraceBody;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A protocol whose requests and responses are JSON and whose streams are events of JSON, as those
 * of all well-known providers are. A subclass names its paths and reads its documents; what is the
 * same for all is done here: requests are not parsed into trees, streams are put together and read
 * as documents, and bodies that are cut short or miss their middle are read as far as they go.
 */
public abstract class JsonProtocol implements LlmProtocol {
  private static final String MODEL = "model";
  private static final String STREAM = "stream";

  private final String provider;

  /**
   * For subclasses.
   *
   * @param provider the name to be recorded, as OpenTelemetry's {@code gen_ai.provider.name} has it
   */
  protected JsonProtocol(String provider) {
    this.provider = provider;
  }

  /**
   * Returns the kind of call that a path is for, in OpenTelemetry's terms ({@code chat}, {@code
   * text_completion}, {@code embeddings}), or {@code null} if it is not for this protocol. Judge by
   * the end of the path: gateways put things before it.
   */
  protected abstract @Nullable String operation(String path);

  /** Returns the members of which a request of a kind has one at least; empty if any will do. */
  protected abstract Set<String> requestMembers(String operation);

  /** Returns the model that a request names: by default its member {@code model}. */
  protected @Nullable String requestModel(JsonObject request, String path) {
    return Json.text(request, MODEL);
  }

  /** Returns the form of a stream that can be told by its path or its lines alone. */
  @Nullable EventStream ownStream(String path, KeptBytes body) {
    return null;
  }

  /**
   * Returns what puts a stream of the given kind together, new for each stream; by default {@code
   * null}, for kinds that are not streamed.
   */
  protected @Nullable StreamedResponse newStream(String operation) {
    return null;
  }

  /**
   * Reads a response: a document, or what a stream amounts to. Of one that is not whole only the
   * members that {@link #summaryMembers} names are there, their arrays empty.
   *
   * @param status the HTTP status
   */
  protected abstract void read(JsonObject response, int status, Interpretation.Builder found);

  /** Returns the members of a response that are worth reading if the rest cannot be read. */
  protected abstract Set<String> summaryMembers();

  /** Returns whether documents of a kind are read by {@link #summaryMembers} alone. */
  boolean isReadBySummary(String operation) {
    return false;
  }

  @Override
  public final boolean matches(HttpExchange exchange) {
    String operation = operation(exchange.path());
    return operation != null && exchange.method().equals("POST") && mayBeAsked(operation, exchange);
  }

  /** A request that is unknown or not readable to its end gets the benefit of the doubt. */
  private boolean mayBeAsked(String operation, HttpExchange exchange) {
    Set<String> members = requestMembers(operation);
    if (members.isEmpty()) {
      return true;
    }
    JsonOutline asked = asked(operation, exchange);
    return !asked.lacksOthers() || members.stream().anyMatch(asked.members()::has);
  }

  private JsonOutline asked(String operation, HttpExchange exchange) {
    Set<String> wanted = new HashSet<>(requestMembers(operation));
    wanted.add(MODEL);
    wanted.add(STREAM);
    return exchange.requestOutline(wanted);
  }

  @Override
  public final Interpretation interpret(HttpExchange exchange) {
    String operation = String.valueOf(operation(exchange.path()));
    JsonObject asked = asked(operation, exchange).members();
    Interpretation.Builder found = Interpretation.builder();
    found
        .metadataBuilder()
        .provider(provider)
        .operation(operation)
        .requestModel(requestModel(asked, exchange.path()));
    if (exchange.responseBody() != null) {
      readResponse(exchange.responseBody(), exchange, asked, operation, found);
    }
    return found.build();
  }

  private void readResponse(
      TraceBody response,
      HttpExchange exchange,
      JsonObject asked,
      String operation,
      Interpretation.Builder found) {
    KeptBytes body = KeptBytes.of(response);
    StreamedResponse stream = newStream(operation);
    EventStream form = EventStream.of(body, Json.isTrue(asked.get(STREAM)));
    form = form == null ? ownStream(exchange.path(), body) : form;
    if (stream == null || form == null) {
      readDocument(operation, response, body, exchange.statusCode(), found);
    } else {
      form.read(body, stream::add);
      readStream(stream, exchange.statusCode(), found);
      found.cutShort(!stream.isComplete() && body.hasEnd());
      found.finished(isFinished(stream, found));
    }
  }

  private static boolean isFinished(StreamedResponse stream, Interpretation.Builder found) {
    return !stream.hasUnfinishedAnswer()
        && !found.metadataBuilder().build().finishReasons().isEmpty();
  }

  private void readStream(StreamedResponse stream, int status, Interpretation.Builder found) {
    found.complete(stream.isComplete()).firstContentEnd(stream.firstContentEnd());
    JsonObject assembled = stream.assembled();
    if (assembled != null) {
      read(assembled, status, found);
      found.assembledBody(TraceBody.ofText(Json.write(assembled), "application/json"));
    }
  }

  private void readDocument(
      String operation,
      TraceBody response,
      KeptBytes body,
      int status,
      Interpretation.Builder found) {
    boolean bySummary = body.hasGap || isReadBySummary(operation);
    JsonObject document = bySummary ? null : unwrap(Json.parse(response.text()));
    if (document == null) {
      JsonOutline outline = JsonOutline.ofAll(body, summaryMembers());
      read(outline.members(), status, found);
      found.complete(outline.isEnded());
    } else {
      read(document, status, found);
      found.complete(true);
    }
  }

  /** Returns the object that a document is, or that it holds alone in an array, as Google's. */
  private static @Nullable JsonObject unwrap(@Nullable JsonElement document) {
    if (document != null && document.isJsonArray() && document.getAsJsonArray().size() == 1) {
      return unwrap(document.getAsJsonArray().get(0));
    }
    return document instanceof JsonObject object ? object : null;
  }
}
