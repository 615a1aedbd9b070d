package io.traceforge.spring;

import io.traceforge.SessionHeaders;
import io.traceforge.SessionScope;
import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** The filter of docs/spring.md. */
@Component
class SessionFilter extends OncePerRequestFilter {
  private static final String SESSION = SessionFilter.class.getName() + ".session";

  private final TraceForge traceForge;

  SessionFilter(TraceForge traceForge) {
    this.traceForge = traceForge;
  }

  @Override
  @SuppressWarnings("try") // the scope is there to be closed
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    SessionTracker session = sessionOf(request);
    response.setHeader(SessionHeaders.SESSION_ID, session.getSessionId());
    try (SessionScope scope = session.makeCurrent()) {
      chain.doFilter(request, response);
    } catch (IOException | ServletException | RuntimeException failure) {
      session.fail(failure);
      throw failure;
    } finally {
      if (!isAsyncStarted(request)) {
        session.end();
      }
    }
  }

  private SessionTracker sessionOf(HttpServletRequest request) {
    if (request.getAttribute(SESSION) instanceof SessionTracker begun) {
      return begun;
    }
    SessionTracker session = traceForge.startSession();
    session.setState("path", request.getRequestURI());
    request.setAttribute(SESSION, session);
    return session;
  }

  /** A request that goes on elsewhere comes by again before it ends. */
  @Override
  protected boolean shouldNotFilterAsyncDispatch() {
    return false;
  }
}
