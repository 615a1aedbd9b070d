package io.traceforge.kotlin

import io.traceforge.trace.SessionMetadata
import io.traceforge.trace.SessionStatus
import io.traceforge.storage.SessionQuery
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

private const val COROUTINES = 200

/** None of the first calls is answered before all of them are under way. */
class ManyCoroutinesTest : Fixture(Provider(expected = COROUTINES)) {
  @Test
  fun `each of many coroutines has its own session`() {
    val answers =
      runBlocking(Dispatchers.Default) {
        (1..COROUTINES)
          .map { number -> async { samples.ask(traceForge, shared, "question $number") } }
          .awaitAll()
      }

    assertThat(answers).hasSize(COROUTINES)
    val sessions = traceForge.storage().listSessions(SessionQuery.all().withLimit(1_000)).items()
    assertThat(sessions).hasSize(COROUTINES).allSatisfy(::hasItsOwnCalls)
    assertThat(sessions.map { question(traces(it.sessionId()).first()) }.toSet())
      .isEqualTo((1..COROUTINES).map { "Plan: question $it" }.toSet())
  }

  private fun hasItsOwnCalls(session: SessionMetadata) {
    val (plan, answer) = traces(session.sessionId())
    val asked = plan.stateSnapshot()["question"].asString
    assertThat(session.status()).isEqualTo(SessionStatus.COMPLETED)
    assertThat(session.totalTraces()).isEqualTo(2)
    assertThat(listOf(plan.stepIndex(), answer.stepIndex())).containsExactly(0, 1)
    assertThat(question(plan)).isEqualTo("Plan: $asked")
    assertThat(question(answer)).startsWith("Answer: $asked, by the plan: ")
  }
}
