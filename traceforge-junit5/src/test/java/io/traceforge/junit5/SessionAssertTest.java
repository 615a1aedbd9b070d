package io.traceforge.junit5;

import static io.traceforge.junit5.SessionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import java.io.IOException;
import okhttp3.OkHttpClient;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Assertions hold where they should, and where not they show the session. */
class SessionAssertTest extends ExtensionFixture {
  private final TraceForge traceForge = TraceForge.open("memory:");
  private final SessionTracker session = traceForge.newSession("asserted");
  private final OkHttpClient client = TraceForgeOkHttp.instrument(new OkHttpClient(), session);

  @AfterEach
  void close() {
    traceForge.close();
  }

  private void booked() throws IOException {
    send(client, "/v1/chat/completions", "Book a flight");
    session.nextStep();
    send(client, "/stream/v1/chat/completions", "Present it");
  }

  @Test
  void whatHoldsPasses() throws IOException {
    booked();

    assertThat(session)
        .hasSteps(2)
        .hasCalls(2)
        .usedAtMostTokens(78)
        .calledTool("search_flights")
        .hasNoErrors();
    assertThat(traceForge.storage().getTimeline("asserted").orElseThrow()).hasSteps(2);
  }

  @Test
  void whatDoesNotHoldShowsTheTimeline() throws IOException {
    booked();

    refused(() -> assertThat(session).hasSteps(3), "a session of 3 steps, but it has 2.");
    refused(() -> assertThat(session).hasCalls(1), "a session of 1 calls, but it has 2.");
    refused(() -> assertThat(session).usedAtMostTokens(77), "at most 77 tokens to be used, but 78");
    refused(
        () -> assertThat(session).calledTool("book_hotel"),
        "\"book_hotel\" to be called, but these were: search_flights.");
  }

  private static void refused(ThrowingCallable assertion, String why) {
    assertThatThrownBy(assertion)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(why)
        .hasMessageContaining("gpt-4o-mini");
  }

  @Test
  void anErrorCountsEvenIfTheSessionWentOn() throws IOException {
    send(client, "/refused/v1/chat/completions", "Now?");
    session.nextStep();
    send(client, "/", "And now?");

    assertThatThrownBy(() -> assertThat(session).hasNoErrors())
        .hasMessageContaining("without errors, but it has 1.")
        .hasMessageContaining("Slow down");
  }

  @Test
  void aSessionThatFailedHasAnError() throws IOException {
    send(client, "/", "Fine");
    session.fail(new IllegalStateException("no flight"));

    assertThatThrownBy(() -> assertThat(session).hasNoErrors())
        .hasMessageContaining("it failed: java.lang.IllegalStateException: no flight");
  }

  @Test
  void tokensThatNobodyToldAreNotFew() throws IOException {
    assertThat(session).hasSteps(0).usedAtMostTokens(0).hasNoErrors();
    send(client, "/refused", "Now?");

    assertThatThrownBy(() -> assertThat(session).usedAtMostTokens(10))
        .hasMessageContaining("no provider told how many");
    assertThatThrownBy(() -> assertThat(session).calledTool("any"))
        .hasMessageContaining("but none was.");
  }

  @Test
  void aTrackerThatNobodyRecordsCannotBeAsserted() {
    assertThatThrownBy(() -> assertThat(new SessionTracker()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(session).isNotNull();
  }
}
