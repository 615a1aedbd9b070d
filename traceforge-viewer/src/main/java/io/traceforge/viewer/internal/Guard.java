package io.traceforge.viewer.internal;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Lets through what may ask and only reads, and says with each answer what a browser may do with
 * it: load scripts, styles and data from here alone.
 */
final class Guard extends Handler.Wrapper {
  private static final Set<String> METHODS = Set.of("GET", "HEAD");
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";
  private final Access access;

  Guard(Access access, Handler handler) {
    super(handler);
    this.access = access;
  }

  static void addHeaders(Response response) {
    response.getHeaders().put("Content-Security-Policy", POLICY);
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put("X-Frame-Options", "DENY");
    response.getHeaders().put("Referrer-Policy", "no-referrer");
    response.getHeaders().put("Cross-Origin-Resource-Policy", "same-origin");
    response.getHeaders().put("Cross-Origin-Opener-Policy", "same-origin");
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    addHeaders(response);
    Problem problem = problemOf(request);
    if (problem != null) {
      return refuse(problem, response, callback);
    }
    if (access.token() == null || isKnown(request)) {
      return super.handle(request, response, callback);
    }
    String given = Request.extractQueryParameters(request).getValue("token");
    if (request.getHttpURI().getPath().equals("/") && given != null && access.isToken(given)) {
      return letIn(given, request, response, callback);
    }
    response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
    return refuse(
        new Problem(
            HttpStatus.UNAUTHORIZED_401, "open the URL that the viewer printed: it has the token"),
        response,
        callback);
  }

  private @Nullable Problem problemOf(Request request) {
    if (!METHODS.contains(request.getMethod())) {
      return new Problem(HttpStatus.METHOD_NOT_ALLOWED_405, "the viewer only reads");
    }
    if (!access.knowsHost(Request.getServerName(request))) {
      return new Problem(HttpStatus.FORBIDDEN_403, "Host: this is not a name of the viewer");
    }
    return isForeign(request)
        ? new Problem(HttpStatus.FORBIDDEN_403, "Origin: another site may not ask")
        : null;
  }

  /** Another site may link to the page, whose path has one form, and ask for nothing else. */
  private static boolean isForeign(Request request) {
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    String host = request.getHeaders().get(HttpHeader.HOST);
    // Behind a proxy that speaks TLS, our own page has an origin of https. So may have the page of
    // another server at this host: a browser calls that cross-site, and lets it read no answer.
    if (origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host)) {
      return true;
    }
    boolean page = request.getHttpURI().getPath().equals("/");
    return !page && "cross-site".equals(request.getHeaders().get("Sec-Fetch-Site"));
  }

  private boolean isKnown(Request request) {
    String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
      return access.isToken(authorization.substring("bearer ".length()).strip());
    }
    String name = cookieName(request);
    List<HttpCookie> cookies = Request.getCookies(request);
    return cookies.stream()
        .anyMatch(cookie -> cookie.getName().equals(name) && access.isToken(cookie.getValue()));
  }

  /** To browsers all ports of a host are one, so each viewer there has a name of its own. */
  private static String cookieName(Request request) {
    return "traceforge_token_" + Request.getLocalPort(request);
  }

  /**
   * The token leaves the address bar, and scripts cannot read the cookie. Whoever follows a link to
   * the viewer brings it along, from wherever he comes: strict cookies would not come with the
   * redirect of a link that was followed on another site's page.
   */
  private static boolean letIn(
      String token, Request request, Response response, Callback callback) {
    HttpCookie cookie =
        HttpCookie.build(cookieName(request), token)
            .path("/")
            .httpOnly(true)
            .sameSite(HttpCookie.SameSite.LAX)
            .build();
    Response.addCookie(response, cookie);
    Response.sendRedirect(request, response, callback, "/");
    return true;
  }

  /** Answers in place of the server what it cannot read, or what failed on the way. */
  static boolean answerError(Request request, Response response, Callback callback) {
    addHeaders(response);
    int status = response.getStatus();
    String detail =
        HttpStatus.isServerError(status) ? "the answer failed" : "the request cannot be understood";
    return refuse(new Problem(status, detail), response, callback);
  }

  private static boolean refuse(Problem problem, Response response, Callback callback) {
    response.setStatus(problem.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    Content.Sink.write(response, true, problem.toJson(), callback);
    return true;
  }
}
