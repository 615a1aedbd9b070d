package io.traceforge.kotlin

import io.traceforge.SessionTracker
import io.traceforge.junit5.SessionAssert.assertThat
import io.traceforge.junit5.TraceForgeSession
import kotlinx.coroutines.runBlocking
import okhttp3.OkHttpClient
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test

/** An agent's test that asks nobody, unless it runs with `-Dtraceforge.record=true`. */
class FlightBookingTest {
  private val provider = Provider()

  private fun chat(question: String) = provider.chat(question)

  @Test
  @TraceForgeSession("flight-booking")
  fun `asks for flights before it answers`(client: OkHttpClient, session: SessionTracker) =
    runBlocking<Unit> {
      // Here your agent does its work, with this client.
      val flights = client.answer(chat("Which flights go to Paris?"))
      session.nextStep()
      client.answer(chat("Present the flights: $flights"))

      assertThat(session).hasSteps(2).calledTool("search_flights").hasNoErrors()
    }

  @AfterEach
  fun onlyARecordingAsks() {
    assertThat(provider.requests())
      .isEqualTo(if (java.lang.Boolean.getBoolean("traceforge.record")) 2 else 0)
    provider.close()
  }
}
