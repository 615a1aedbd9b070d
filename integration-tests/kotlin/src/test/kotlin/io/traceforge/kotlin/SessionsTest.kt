package io.traceforge.kotlin

import io.traceforge.export.TraceExport
import io.traceforge.storage.StorageBackend
import io.traceforge.trace.SessionStatus
import java.nio.file.Files
import java.nio.file.Path
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** Sessions in Kotlin without coroutines. */
class SessionsTest : Fixture() {
  @Test
  fun `a session has steps, state and parent`(@TempDir folder: Path) {
    val url = "sqlite:${folder.resolve("traces.db")}"

    val sessionId = samples.firstSession(url)

    StorageBackend.open(url).use { storage ->
      val (plan, search) = storage.listTracesBySession(sessionId)
      assertThat(search.stepIndex()).isEqualTo(1)
      assertThat(search.parentTraceId()).isEqualTo(plan.id())
      assertThat(search.stateJson())
        .isEqualTo(
          """{"user_query":"Book a flight to Paris","search":{"destination":"Paris","seats":2}}"""
        )
      assertThat(samples.read(storage, sessionId).map { it.substringBefore(": ") })
        .containsExactly(
          "COMPLETED after 2 steps",
          "Step 0, gpt-4o-mini",
          "Step 1, gpt-4o-mini",
        )
    }
  }

  @Test
  fun `a session is exported`(@TempDir folder: Path) {
    val file = folder.resolve("session.jsonl")
    val session = traceForge.startSession()
    samples.current(session, shared)
    session.end()

    samples.export(traceForge.storage(), session.sessionId, file)

    assertThat(Files.readString(file)).contains("Where is it warm?")
  }

  /** The page warns of this; should it ever export, the page is wrong. */
  @Test
  fun `a path that may be null is not exported to`(@TempDir folder: Path) {
    val file = folder.resolve("session.jsonl")
    val session = traceForge.startSession()
    samples.current(session, shared)
    val mayBeNull: Path? = listOf(file).firstOrNull()

    val pair = TraceExport.session(traceForge.storage(), session.sessionId).to(mayBeNull)

    assertThat(pair.second == file).isTrue()
    assertThat(Files.exists(file)).isFalse()
  }

  @Test
  fun `a session is current in the blocks that say so`() {
    val session = traceForge.startSession()

    samples.current(session, shared)

    assertThat(traces(session.sessionId).map(::question))
      .containsExactly("Where is it warm?", "Where is it cheap?", "Where is it quiet?")
  }

  @Test
  fun `an exception fails the session`() {
    var sessionId = ""

    assertThatThrownBy {
        traceForge.runSession<Unit, Exception> { session ->
          sessionId = session.sessionId
          error("No seats")
        }
      }
      .isInstanceOf(IllegalStateException::class.java)

    assertThat(metadata(sessionId)?.status()).isEqualTo(SessionStatus.FAILED)
    assertThat(metadata(sessionId)?.statusReason()).contains("No seats")
  }
}
