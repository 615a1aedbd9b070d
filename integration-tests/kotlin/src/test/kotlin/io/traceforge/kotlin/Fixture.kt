package io.traceforge.kotlin

import io.traceforge.TraceForge
import io.traceforge.okhttp.TraceForgeOkHttp
import io.traceforge.trace.SessionMetadata
import io.traceforge.trace.Trace
import kotlin.jvm.optionals.getOrNull
import okhttp3.Dispatcher
import okhttp3.OkHttpClient
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach

/** A program with one client for all its sessions, recorded in memory. */
abstract class Fixture(protected val provider: Provider = Provider()) {
  protected val traceForge: TraceForge = TraceForge.open("memory:")
  protected val samples = Samples(provider)
  protected val shared: OkHttpClient =
    TraceForgeOkHttp.instrument(OkHttpClient.Builder().dispatcher(manyCalls()).build(), traceForge)

  private fun manyCalls(): Dispatcher {
    val dispatcher = Dispatcher()
    dispatcher.maxRequests = 1_000
    dispatcher.maxRequestsPerHost = 1_000
    return dispatcher
  }

  @AfterEach
  fun nothingWasLost() {
    assertThat(traceForge.stats().lostTraces()).isZero()
    assertThat(traceForge.stats().internalErrors()).isZero()
    traceForge.close()
    provider.close()
  }

  protected fun traces(sessionId: String): List<Trace> =
    traceForge.storage().listTracesBySession(sessionId)

  protected fun metadata(sessionId: String): SessionMetadata? =
    traceForge.storage().getSessionMetadata(sessionId).getOrNull()

  /** Returns what a call asked. */
  protected fun question(trace: Trace): String =
    questionIn(checkNotNull(trace.request().body()?.text()))
}
