package io.traceforge.kotlin

import io.traceforge.SessionTracker
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.map
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatIllegalArgumentException
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.MethodSource

/** What Kotlin has that is no value in a session's state. */
class StateTest {
  /** A flow's operators are inlined: what they make is a class of this file. */
  private class Route(@Suppress("unused") val stops: Flow<Int>)

  private class Walk(@Suppress("unused") val steps: Sequence<Int>)

  @ParameterizedTest
  @MethodSource("impossibleValues")
  fun `sequences, flows, lambdas and the like are refused`(value: Any) {
    val session = SessionTracker()

    assertThatIllegalArgumentException()
      .isThrownBy { session.setState("stops", value) }
      .withMessageStartingWith("state key \"stops\": a ${value.javaClass.name} ")

    assertThat(session.context().stateJson()).isEqualTo("{}")
  }

  companion object {
    @JvmStatic
    fun impossibleValues(): List<Any> =
      listOf(
        sequenceOf(1, 2),
        Sequence { listOf(1, 2).iterator() },
        Walk(Sequence { listOf(1, 2).iterator() }),
        flow { emit(1) },
        flowOf(1, 2).map { it + 1 },
        Route(flowOf(1, 2).map { it + 1 }),
        MutableStateFlow(1),
        Channel<Int>(),
        CompletableDeferred(1),
        mapOf("stops" to flow { emit(1) }),
        { 1 },
      )
  }
}
