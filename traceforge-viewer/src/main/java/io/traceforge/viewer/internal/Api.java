package io.traceforge.viewer.internal;

import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what is asked of the API, and says of anything else that it is not there. */
final class Api extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(Api.class);
  private final List<Route> routes;

  Api(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  /** Answers a call, or throws a {@link Problem}. */
  interface Endpoint {
    void answer(ApiCall call) throws IOException;
  }

  /** Which paths an endpoint answers: segments, of which {@code *} stands for any. */
  record Route(List<String> segments, Endpoint endpoint) {

    static Route of(String path, Endpoint endpoint) {
      return new Route(List.of(path.substring(1).split("/")), endpoint);
    }

    boolean matches(List<String> path) {
      if (path.size() != segments.size()) {
        return false;
      }
      for (int i = 0; i < path.size(); i++) {
        if (!segments.get(i).equals("*") && !segments.get(i).equals(path.get(i))) {
          return false;
        }
      }
      return true;
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    try {
      answer(request, response);
      callback.succeeded();
    } catch (IOException | RuntimeException gone) {
      callback.failed(gone);
    }
    return true;
  }

  private void answer(Request request, Response response) throws IOException {
    try {
      ApiCall call = new ApiCall(request, response);
      endpoint(call.path()).answer(call);
    } catch (Problem problem) {
      tell(problem, response, request);
    } catch (IllegalArgumentException wrong) {
      tell(
          new Problem(HttpStatus.BAD_REQUEST_400, String.valueOf(wrong.getMessage())),
          response,
          request);
    } catch (RuntimeException failure) {
      // The message may quote what was recorded; the stack tells where to look.
      LOG.warn("cannot answer {}", failure.getClass().getName());
      LOG.debug("cannot answer", failure);
      tell(
          new Problem(HttpStatus.INTERNAL_SERVER_ERROR_500, "the storage could not be read"),
          response,
          request);
    }
  }

  private Endpoint endpoint(List<String> path) {
    return routes.stream()
        .filter(route -> route.matches(path))
        .findFirst()
        .map(Route::endpoint)
        .orElseThrow(() -> Problem.notFound("there is nothing at this path"));
  }

  private static void tell(Problem problem, Response response, Request request) throws IOException {
    if (response.isCommitted()) {
      throw new IOException("the answer broke off", problem);
    }
    response.reset();
    Guard.addHeaders(response);
    new ApiCall(request, response).json(problem.status(), Problem.MEDIA_TYPE, problem.toJson());
  }
}
