package io.traceforge.kotlin

import io.traceforge.SessionContext
import io.traceforge.SessionTracker
import io.traceforge.TraceForge
import io.traceforge.export.TraceExport
import io.traceforge.okhttp.TraceForgeOkHttp
import io.traceforge.storage.StorageBackend
import java.nio.file.Path
import kotlin.jvm.optionals.getOrNull
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.channels.trySendBlocking
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.channelFlow
import kotlinx.coroutines.withContext
import okhttp3.OkHttpClient
import okhttp3.Request

/** The code of docs/kotlin.md: what is written there stands here, and the tests run it. */
class Samples(private val provider: Provider) {
  private fun chat(question: String) = provider.chat(question)

  fun firstSession(url: String): String =
    TraceForge.open(url).use { traceForge ->
      traceForge.runSession<String, Exception> { session ->
        val client = TraceForgeOkHttp.instrument(OkHttpClient(), session)

        session.setState("user_query", "Book a flight to Paris")
        val plan = client.send(chat("Plan how to book a flight to Paris"))

        session.nextStep()
        session.parentTraceId = session.lastTraceId
        session.setState("search", Search("Paris", seats = 2))
        client.send(chat("Which flights are there? The plan: $plan"))
        session.sessionId
      }
    }

  data class Search(val destination: String, val seats: Int)

  fun current(session: SessionTracker, shared: OkHttpClient): String {
    val answer = session.call<String, Exception> { shared.send(chat("Where is it warm?")) }
    session.run<Exception> { shared.send(chat("Where is it cheap?")) }
    session.makeCurrent().use { shared.send(chat("Where is it quiet?")) }
    return answer
  }

  fun read(storage: StorageBackend, sessionId: String): List<String> {
    val lines = mutableListOf<String>()
    val metadata = storage.getSessionMetadata(sessionId).getOrNull() ?: error("No such session")
    lines += "${metadata.status()} after ${metadata.totalSteps()} steps"
    for (trace in storage.listTracesBySession(sessionId)) {
      val model: String = trace.metadata().model() ?: "unknown model"
      val answer: String = trace.response()?.answerBody()?.text() ?: "no answer"
      lines += "Step ${trace.stepIndex()}, $model: $answer"
    }
    return lines
  }

  fun export(storage: StorageBackend, sessionId: String, file: Path) {
    TraceExport.session(storage, sessionId).to(file)
  }

  suspend fun bound(session: SessionTracker, questions: List<String>) {
    val client = TraceForgeOkHttp.instrument(OkHttpClient(), session)
    for (question in questions) {
      client.answer(chat(question))
      session.nextStep()
    }
  }

  suspend fun ask(traceForge: TraceForge, shared: OkHttpClient, question: String): String =
    traceForge.withSession { session ->
      session.setState("question", question)
      val plan = shared.answer(chat("Plan: $question"))
      session.nextStep()
      shared.answer(chat("Answer: $question, by the plan: $plan"))
    }

  suspend fun delegate(session: SessionTracker, shared: OkHttpClient): String {
    val plan = shared.answer(chat("Whom shall I ask?"))
    return session.newChildSession(session.lastTraceId).toEnd { child ->
      child.setState("plan", plan)
      shared.answer(chat("What is the weather in Paris?"))
    }
  }

  suspend fun goOn(traceForge: TraceForge, sessionId: String, shared: OkHttpClient): String {
    val session = withContext(Dispatchers.IO) { traceForge.resumeSession(sessionId) }
    return session.toEnd { shared.answer(chat("And tomorrow?")) }
  }

  suspend fun branches(session: SessionTracker, shared: OkHttpClient): List<String> {
    val here = session.context()
    return coroutineScope {
      listOf("weather", "food", "flights")
        .mapIndexed { branch, tool ->
          val there = here.withStep(here.stepIndex() + 1 + branch).withState("tool", tool)
          val request = chat("Ask the tool: $tool").newBuilder()
          async {
            shared.answer(request.tag(SessionContext::class.java, there).build())
          }
        }
        .awaitAll()
    }
  }

  fun lines(client: OkHttpClient, request: Request): Flow<String> = channelFlow {
    client.newCall(request).read { response ->
      generateSequence { response.body.source().readUtf8Line() }
        .forEach { line -> trySendBlocking(line).getOrThrow() }
    }
  }
}
