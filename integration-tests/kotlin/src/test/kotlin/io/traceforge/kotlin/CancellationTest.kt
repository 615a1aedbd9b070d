package io.traceforge.kotlin

import io.traceforge.okhttp.TraceForgeOkHttp
import io.traceforge.trace.SessionStatus
import io.traceforge.trace.TraceStatus
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.drop
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import okhttp3.Call
import okhttp3.Dispatcher
import okhttp3.EventListener
import okhttp3.OkHttpClient
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/** A cancelled coroutine cancels its call, whatever the call has come to. */
class CancellationTest : Fixture() {
  private val bodyHasBegun = CompletableDeferred<Unit>()
  private val isIdle = CountDownLatch(1)
  private val client =
    TraceForgeOkHttp.instrument(
      OkHttpClient.Builder()
        .dispatcher(Dispatcher().apply { idleCallback = Runnable { isIdle.countDown() } })
        .eventListener(
          object : EventListener() {
            override fun responseBodyStart(call: Call) {
              bodyHasBegun.complete(Unit)
            }
          }
        )
        .build(),
      traceForge,
    )
  private var sessionId = ""

  private fun CoroutineScope.inSession(work: suspend () -> Unit): Job = launch {
    traceForge.withSession { session ->
      sessionId = session.sessionId
      work()
    }
  }

  /** OkHttp's thread comes to the end of a cancelled call a moment later. */
  private fun assertCancelled() {
    assertThat(isIdle.await(1, TimeUnit.MINUTES)).isTrue()
    assertThat(traces(sessionId).single().status()).isEqualTo(TraceStatus.CANCELLED)
  }

  private fun assertSessionFailed() {
    assertThat(metadata(sessionId)?.status()).isEqualTo(SessionStatus.FAILED)
    assertThat(metadata(sessionId)?.statusReason()).contains("Cancel")
  }

  @Test
  fun `before the answer`() = runBlocking<Unit> {
    Provider(expected = 2).use { slow ->
      val work = inSession { client.answer(slow.chat("never answered")) }
      withContext(Dispatchers.IO) { slow.awaitRequest() }

      work.cancelAndJoin()

      assertCancelled()
      assertSessionFailed()
    }
  }

  @Test
  fun `in the middle of the answer`() = runBlocking<Unit> {
    val work = inSession { client.answer(provider.chat(ENDLESS)) }
    bodyHasBegun.await()

    work.cancelAndJoin()

    assertCancelled()
    assertSessionFailed()
  }

  @Test
  fun `between two lines of a flow`() = runBlocking<Unit> {
    val allThatComeHaveCome = CompletableDeferred<Unit>()
    val work = inSession {
      samples.lines(client, provider.chat(ENDLESS)).drop(1).collect {
        allThatComeHaveCome.complete(Unit)
      }
    }
    allThatComeHaveCome.await()

    work.cancelAndJoin()

    assertCancelled()
    assertSessionFailed()
  }

  @Test
  fun `the same call again is another attempt`() = runBlocking<Unit> {
    shared.dispatcher.idleCallback = Runnable { isIdle.countDown() }
    Provider(expected = 2).use { slow ->
      traceForge.withSession { session ->
        sessionId = session.sessionId
        val work = launch { shared.answer(slow.chat("Is it warm?")) }
        withContext(Dispatchers.IO) { slow.awaitRequest() }
        work.cancelAndJoin()
        shared.answer(slow.chat("Is it warm?"))
      }
    }

    assertThat(isIdle.await(1, TimeUnit.MINUTES)).isTrue()
    assertThat(traces(sessionId).map { it.status() })
      .containsExactly(TraceStatus.CANCELLED, TraceStatus.SUCCESS)
    assertThat(metadata(sessionId)?.retryCount()).isEqualTo(1)
  }

  @Test
  fun `a flow that is not collected to its end`() = runBlocking<Unit> {
    val line = CompletableDeferred<String>()

    inSession { line.complete(samples.lines(client, provider.chat(ENDLESS)).first()) }.join()

    assertThat(line.await()).contains("gpt-4o-mini")
    assertCancelled()
    assertThat(metadata(sessionId)?.statusReason()).isNull()
  }
}
