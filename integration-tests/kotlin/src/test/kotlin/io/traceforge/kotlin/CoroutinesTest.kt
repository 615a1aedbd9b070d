package io.traceforge.kotlin

import io.traceforge.SessionTracker
import io.traceforge.storage.TraceQuery
import io.traceforge.trace.SessionStatus
import io.traceforge.trace.TraceStatus
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

/** Sessions and coroutines: what follows a coroutine, and what does not. */
class CoroutinesTest : Fixture() {
  @Test
  fun `a bound client needs no current session`() = runBlocking<Unit> {
    val session = traceForge.startSession()

    samples.bound(session, listOf("one", "two", "three"))

    assertThat(traces(session.sessionId).map { it.stepIndex() to question(it) })
      .containsExactly(0 to "one", 1 to "two", 2 to "three")
  }

  @Test
  fun `parallel branches have steps and states of their own`() = runBlocking<Unit> {
    val session = traceForge.startSession()
    session.setState("city", "Paris")

    samples.branches(session, shared)

    assertThat(traces(session.sessionId).map { it.stepIndex() to it.stateJson() })
      .containsExactly(
        1 to """{"city":"Paris","tool":"weather"}""",
        2 to """{"city":"Paris","tool":"food"}""",
        3 to """{"city":"Paris","tool":"flights"}""",
      )
    assertThat(session.currentStep).isZero()
  }

  @Test
  fun `a flow belongs to the session of who collects it`() = runBlocking<Unit> {
    val session = traceForge.startSession()

    val lines =
      withContext(SessionElement(session)) {
        samples.lines(shared, provider.chat("flow")).toList()
      }

    val trace = traces(session.sessionId).single()
    assertThat(trace.status()).isEqualTo(TraceStatus.SUCCESS)
    assertThat(trace.response()?.body()?.text()).isEqualTo(lines.joinToString("\n"))
  }

  @Test
  fun `a flow may be bound to a session`() = runBlocking<Unit> {
    val session = traceForge.startSession()
    val lines = samples.lines(shared, provider.chat("bound")).flowOn(SessionElement(session))

    traceForge.withSession { lines.collect() }

    assertThat(traces(session.sessionId).map(::question)).containsExactly("bound")
  }

  @Test
  fun `an element gives way to an inner one and comes back`() = runBlocking<Unit> {
    val outer = traceForge.startSession()

    withContext(SessionElement(outer)) {
      shared.answer(provider.chat("before"))
      traceForge.withSession { shared.answer(provider.chat("inner")) }
      shared.answer(provider.chat("after"))
    }

    assertThat(traces(outer.sessionId).map(::question)).containsExactly("before", "after")
    assertThat(SessionTracker.current()).isEmpty()
  }

  @Test
  fun `a child and a resumed session are worked in to their end`() = runBlocking<Unit> {
    var sessionId = ""
    traceForge.withSession { session ->
      sessionId = session.sessionId
      samples.delegate(session, shared)
    }
    samples.goOn(traceForge, sessionId, shared)

    val (asked, wentOn) = traces(sessionId)
    assertThat(question(wentOn)).isEqualTo("And tomorrow?")
    assertThat(metadata(sessionId)?.status()).isEqualTo(SessionStatus.COMPLETED)
    val child = traceForge.storage().listTraces(TraceQuery.childrenOf(listOf(asked.id()))).items().single()
    assertThat(question(child)).isEqualTo("What is the weather in Paris?")
    assertThat(metadata(checkNotNull(child.sessionId()))?.status())
      .isEqualTo(SessionStatus.COMPLETED)
  }

  @Test
  fun `an exception fails the session of a coroutine`() = runBlocking<Unit> {
    var sessionId = ""

    assertThrows<IllegalStateException> {
      traceForge.withSession { session ->
        sessionId = session.sessionId
        shared.answer(provider.chat("before the failure"))
        error("No seats")
      }
    }

    assertThat(metadata(sessionId)?.status()).isEqualTo(SessionStatus.FAILED)
    assertThat(metadata(sessionId)?.statusReason()).contains("No seats")
    assertThat(SessionTracker.current()).isEmpty()
  }

  /** The page warns of this; should it ever follow, the page is wrong. */
  @Test
  fun `the thread's session does not follow a coroutine`() = runBlocking<Unit> {
    val session = traceForge.startSession()

    session.makeCurrent().use {
      withContext(Dispatchers.IO) { shared.send(provider.chat("elsewhere")) }
    }

    assertThat(traces(session.sessionId)).isEmpty()
  }

  /** The page warns of this, too. */
  @Test
  fun `a scope open over a suspension is seen by strangers`() = runBlocking<Unit> {
    val session = traceForge.startSession()
    val release = CompletableDeferred<Unit>()
    val suspended = launch { session.makeCurrent().use { release.await() } }
    yield()

    shared.answer(provider.chat("stranger"))
    release.complete(Unit)
    suspended.join()

    assertThat(traces(session.sessionId).map(::question)).containsExactly("stranger")
  }
}
