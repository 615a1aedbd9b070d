package io.traceforge.okhttp.contract;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import okio.ByteString;

/** The program that makes calls, and notes all that it can see of them. */
final class Caller {
  static final MediaType JSON = MediaType.get("application/json");

  interface Use {
    void use(Response response) throws Exception;
  }

  final OkHttpClient client;
  final ContractServer server;
  final Journal journal;
  final JournalingListener listener;
  final Gate gate;
  final Runnable closeTraceForge;

  Caller(
      OkHttpClient client,
      ContractServer server,
      Journal journal,
      JournalingListener listener,
      Gate gate,
      Runnable closeTraceForge) {
    this.client = client;
    this.server = server;
    this.journal = journal;
    this.listener = listener;
    this.gate = gate;
    this.closeTraceForge = closeTraceForge;
  }

  Request.Builder get(String path) {
    return new Request.Builder().url(server.url(path));
  }

  Request.Builder post(String path, RequestBody body) {
    return get(path).post(own(body));
  }

  Request.Builder post(String path, String body) {
    return post(path, RequestBody.create(body, JSON));
  }

  /** Makes a body known, to be recognised wherever it shows. */
  RequestBody own(RequestBody body) {
    journal.alias(Describe.identity(body), "the caller's own");
    return body;
  }

  /** Makes a call, reads its response to the end, and closes it. */
  void fetch(Request request) {
    open(request, this::readAll);
  }

  void fetch(Request.Builder request) {
    fetch(request.build());
  }

  /** Makes a call, does something with its response, and closes it. */
  void open(Request request, Use use) {
    open(client.newCall(request), use);
  }

  void open(Call call, Use use) {
    try (Response response = call.execute()) {
      journal.noteAll(Describe.response("response", response));
      journal.note("call's request: " + Describe.requestHead(call.request()));
      attempt("use", () -> use.use(response));
      journal.note("closing");
    } catch (Throwable failure) {
      journal.note("call failed", Describe.failure(failure));
    }
    journal.note("executed, cancelled: " + call.isExecuted() + ", " + call.isCanceled());
  }

  /** Makes a call on another thread, reads its response to the end, and waits for it all. */
  void enqueue(Request request) throws Exception {
    enqueue(request, this::readAll);
  }

  /** Makes a call on another thread, does something with its response, and waits for it all. */
  void enqueue(Request request, Use use) throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    client
        .newCall(request)
        .enqueue(
            new Callback() {
              @Override
              public void onResponse(Call call, Response response) {
                try (response) {
                  journal.noteAll(Describe.response("response", response));
                  attempt("use", () -> use.use(response));
                }
                journal.note("executed, cancelled: " + call.isExecuted() + call.isCanceled());
                done.countDown();
              }

              @Override
              public void onFailure(Call call, IOException failure) {
                journal.note("call failed", Describe.failure(failure));
                done.countDown();
              }
            });
    awaited(done);
  }

  /** Does something on another thread, and waits for it. */
  void onAnotherThread(Attempt attempt) throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    new Thread(
            () -> {
              attempt("another thread", attempt);
              done.countDown();
            })
        .start();
    awaited(done);
  }

  /** Does two things at a time, the second on this thread, and waits for both. */
  void meanwhile(Attempt other, Attempt own) throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    new Thread(
            () -> {
              attempt("meanwhile", other);
              done.countDown();
            })
        .start();
    own.run();
    awaited(done);
  }

  private void awaited(CountDownLatch done) throws InterruptedException {
    if (!done.await(20, TimeUnit.SECONDS)) {
      journal.note("waited in vain");
    }
  }

  interface Attempt {
    void run() throws Exception;
  }

  /** Does something that may fail, and notes how. */
  void attempt(String what, Attempt attempt) {
    try {
      attempt.run();
    } catch (Throwable failure) {
      journal.note(what + " failed", Describe.failure(failure));
    }
  }

  void readAll(Response response) throws IOException {
    BufferedSource source = source(response);
    Buffer all = new Buffer();
    try {
      source.readAll(all);
    } finally {
      journal.note("read", Describe.bytes(all.snapshot()));
    }
    noteTrailers(response);
  }

  /** Reads piece by piece; the server sends the next one only when this one was noted. */
  void readGated(Response response) throws IOException {
    BufferedSource source = source(response);
    Buffer piece = new Buffer();
    while (source.read(piece, 8192) >= 0) {
      journal.note("read", piece.readUtf8());
      gate.open();
    }
    noteTrailers(response);
  }

  /** Reads one piece, which the server is known to send. */
  void readPiece(Response response) throws IOException {
    Buffer piece = new Buffer();
    source(response).read(piece, 8192);
    journal.note("read", piece.readUtf8());
  }

  void noteTrailers(Response response) {
    attempt(
        "trailers",
        () -> {
          Headers trailers = response.trailers();
          journal.note("trailers", trailers);
        });
  }

  static BufferedSource source(Response response) {
    return Objects.requireNonNull(response.body()).source();
  }

  static ByteString text(String text) {
    return ByteString.encodeUtf8(text);
  }
}
