package io.traceforge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionScopeTest {
  private final SessionTracker outer = new SessionTracker("outer");
  private final SessionTracker inner = new SessionTracker("inner");

  @AfterEach
  void nothingIsLeftBehind() {
    assertThat(SessionTracker.current()).isEmpty();
  }

  @Test
  void aSessionIsCurrentUntilItsScopeIsClosed() {
    try (SessionScope scope = outer.makeCurrent()) {
      assertThat(SessionTracker.current()).containsSame(outer);
    }

    assertThat(SessionTracker.current()).isEmpty();
  }

  @Test
  void scopesNest() {
    try (SessionScope outerScope = outer.makeCurrent()) {
      try (SessionScope innerScope = inner.makeCurrent()) {
        assertThat(SessionTracker.current()).containsSame(inner);
      }
      assertThat(SessionTracker.current()).containsSame(outer);
    }
  }

  @Test
  void closingOutOfOrderLeavesTheInnermostOpenScopeCurrent() {
    SessionScope first = outer.makeCurrent();
    SessionScope second = inner.makeCurrent();

    first.close();
    assertThat(SessionTracker.current()).containsSame(inner);

    second.close();
    assertThat(SessionTracker.current()).isEmpty();
  }

  @Test
  void scopesClosedOutOfOrderNeverBecomeCurrentAgain() {
    SessionScope first = outer.makeCurrent();
    SessionScope second = inner.makeCurrent();
    SessionScope third = new SessionTracker("innermost").makeCurrent();

    first.close();
    second.close();
    third.close();

    assertThat(SessionTracker.current()).isEmpty();
  }

  @Test
  void closingAgainDoesNothing() {
    SessionScope first = outer.makeCurrent();
    first.close();
    SessionScope second = inner.makeCurrent();

    first.close();

    assertThat(SessionTracker.current()).containsSame(inner);
    second.close();
  }

  @Test
  void closingOnAnotherThreadDoesNoHarm() throws Exception {
    SessionScope scope = outer.makeCurrent();
    onAnotherThread(
        () -> {
          try (SessionScope own = inner.makeCurrent()) {
            scope.close();
            assertThat(SessionTracker.current()).containsSame(inner);
          }
          assertThat(SessionTracker.current()).isEmpty();
        });

    assertThat(SessionTracker.current()).isEmpty();
  }

  @Test
  void aSessionIsCurrentOnOneThreadOnly() throws Exception {
    try (SessionScope scope = outer.makeCurrent()) {
      onAnotherThread(() -> assertThat(SessionTracker.current()).isEmpty());
    }
  }

  @Test
  void aPooledThreadForgetsTheSession() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      WeakReference<SessionTracker> session = pool.submit(SessionScopeTest::useASession).get();

      Eventually.waitUntil(
          "the session is collected",
          () -> {
            System.gc();
            return session.refersTo(null);
          });
    } finally {
      pool.shutdownNow();
    }
  }

  private static WeakReference<SessionTracker> useASession() {
    SessionTracker session = new SessionTracker();
    session.run(() -> assertThat(SessionTracker.current()).isPresent());
    return new WeakReference<>(session);
  }

  @Test
  void callReturnsWhatTheWorkReturns() {
    assertThat(outer.<String, RuntimeException>call(() -> currentId())).isEqualTo("outer");
  }

  @Test
  void callAndRunThrowOnWhatTheWorkThrowsUnchanged() {
    IOException failure = new IOException("no route");

    assertThatThrownBy(() -> outer.call(() -> fail(failure))).isSameAs(failure);
    assertThatThrownBy(() -> outer.run(() -> fail(failure))).isSameAs(failure);
    assertThat(outer.nextStep()).isEqualTo(1);
  }

  private static String currentId() {
    return SessionTracker.current().orElseThrow().getSessionId();
  }

  private static String fail(IOException failure) throws IOException {
    throw failure;
  }

  private static void onAnotherThread(Runnable work) throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      pool.submit(work).get();
    } finally {
      pool.shutdownNow();
    }
  }
}
