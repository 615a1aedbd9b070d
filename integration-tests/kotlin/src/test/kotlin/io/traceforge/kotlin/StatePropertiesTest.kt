package io.traceforge.kotlin

import com.google.gson.annotations.SerializedName
import io.traceforge.SessionTracker
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/** What becomes of Kotlin's unsigned numbers, durations and value classes in a session's state. */
class StatePropertiesTest {
  private val session = SessionTracker()

  private fun json(value: Any?): String {
    session.setState("it", value)
    return session.context().stateJson().removePrefix("""{"it":""").removeSuffix("}")
  }

  open class Limits(val budget: UInt, val patience: Duration)

  class Bare(
    val byte: UByte,
    val short: UShort,
    val isBig: ULong,
    @field:SerializedName("named") internal val inside: UInt,
    @Transient val unseen: UInt,
    val maybe: UInt?,
    val never: Duration?,
    budget: UInt,
    patience: Duration,
  ) : Limits(budget, patience) {
    var changed: UInt = 0u
  }

  @Test
  fun `a property that is kept as a bare number is what it means`() {
    val bare =
      Bare(200u, 60_000u, ULong.MAX_VALUE, 3_000_000_000u, 1u, 7u, null, 4_000_000_000u, 90.seconds)
    bare.changed = UInt.MAX_VALUE

    session.setState("it", bare)

    assertThat(session.state.getAsJsonObject("it").asMap().mapValues { it.value.toString() })
      .isEqualTo(
        mapOf(
          "byte" to "200",
          "short" to "60000",
          "isBig" to "18446744073709551615",
          "named" to "3000000000",
          "maybe" to "7",
          "never" to "null",
          "changed" to "4294967295",
          "budget" to "4000000000",
          "patience" to "\"1m 30s\"",
        )
      )
  }

  @Test
  fun `alone and in a list they are the same`() {
    assertThat(json(4_000_000_000u)).isEqualTo("4000000000")
    assertThat(json(90.seconds)).isEqualTo("\"1m 30s\"")
    assertThat(json(listOf(4_000_000_000u, 90.seconds))).isEqualTo("[4000000000,\"1m 30s\"]")
    assertThat(json(mapOf("budget" to 4_000_000_000u))).isEqualTo("{\"budget\":4000000000}")
  }

  @JvmInline value class Name(val text: String)

  @JvmInline value class Cents(val count: UInt)

  data class Passenger(val name: Name, val paid: Cents, private val secret: UInt)

  /** The page warns of the last two. */
  @Test
  fun `a value class of one's own is what it keeps`() {
    assertThat(json(Passenger(Name("Ada"), Cents(4_000_000_000u), 4_000_000_000u)))
      .isEqualTo("""{"name":"Ada","paid":-294967296,"secret":-294967296}""")
  }
}
