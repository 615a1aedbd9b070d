package io.traceforge.kotlin

import io.traceforge.SessionScope
import io.traceforge.SessionTracker
import io.traceforge.TraceForge
import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.CoroutineContext
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.ThreadContextElement
import kotlinx.coroutines.withContext

/** Makes a session the current one wherever the coroutine runs, and in its children. */
class SessionElement(private val session: SessionTracker) :
  AbstractCoroutineContextElement(SessionElement), ThreadContextElement<SessionScope> {

  companion object Key : CoroutineContext.Key<SessionElement>

  override fun updateThreadContext(context: CoroutineContext): SessionScope = session.makeCurrent()

  override fun restoreThreadContext(context: CoroutineContext, oldState: SessionScope) =
    oldState.close()
}

/** Works in a session and ends it; an exception fails it, a cancellation too. */
suspend fun <T> SessionTracker.toEnd(work: suspend CoroutineScope.(SessionTracker) -> T): T {
  try {
    return withContext(SessionElement(this)) { work(this, this@toEnd) }
  } catch (failure: Throwable) {
    fail(failure)
    throw failure
  } finally {
    end()
  }
}

/** Works in a session of its own. */
suspend fun <T> TraceForge.withSession(work: suspend CoroutineScope.(SessionTracker) -> T): T =
  startSession().toEnd(work)
