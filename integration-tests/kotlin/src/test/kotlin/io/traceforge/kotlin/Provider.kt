package io.traceforge.kotlin

import com.google.gson.JsonObject
import com.google.gson.JsonParser
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import mockwebserver3.Dispatcher
import mockwebserver3.MockResponse
import mockwebserver3.MockWebServer
import mockwebserver3.RecordedRequest
import okhttp3.MediaType.Companion.toMediaType
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody.Companion.toRequestBody

/** A server that answers chats by what they ask, once as many as expected are under way. */
class Provider(expected: Int = 0) : Dispatcher(), AutoCloseable {
  private val together = CountDownLatch(expected)
  private val server = MockWebServer()

  init {
    server.dispatcher = this
    server.start()
  }

  override fun dispatch(request: RecordedRequest): MockResponse {
    together.countDown()
    together.await()
    val question = questionIn(checkNotNull(request.body).utf8())
    val message = if (question.startsWith("Which flights")) TOOL_CALL else answerTo(question)
    val answer =
      """
      {"id": "answer", "model": "gpt-4o-mini",
       "choices": [{"index": 0, "message": $message, "finish_reason": "stop"}],
       "usage": {"prompt_tokens": 9, "completion_tokens": 3, "total_tokens": 12}}
      """
    val response =
      MockResponse.Builder()
        .setHeader("Content-Type", "application/json")
        .body(answer.trimIndent())
    if (question == ENDLESS) {
      response.setHeader("Content-Length", 1_000_000) // what is missing never comes
    }
    return response.build()
  }

  private fun answerTo(question: String): JsonObject {
    val message = JsonObject()
    message.addProperty("role", "assistant")
    message.addProperty("content", "Answer to: $question")
    return message
  }

  /** Answers what is held back. */
  fun answerAll() {
    while (together.count > 0) together.countDown()
  }

  /** Waits until a request has come; it may still be unanswered. */
  fun awaitRequest() {
    checkNotNull(server.takeRequest(1, TimeUnit.MINUTES)) { "No request has come" }
  }

  /** Returns how many requests have come. */
  fun requests(): Int = server.requestCount

  /** Returns a request as the page's samples make them. */
  fun chat(question: String): Request {
    val message = JsonObject()
    message.addProperty("role", "user")
    message.addProperty("content", question)
    return Request.Builder()
      .url(server.url("/v1/chat/completions"))
      .post(
        """{"model": "gpt-4o-mini", "messages": [$message]}"""
          .toRequestBody("application/json".toMediaType())
      )
      .build()
  }

  override fun close() {
    answerAll()
    server.close()
  }
}

/** A question whose answer begins and never ends. */
const val ENDLESS = "Tell me everything"

private const val TOOL_CALL =
  """{"role": "assistant", "tool_calls": [{"id": "call-1", "type": "function",
    "function": {"name": "search_flights", "arguments": "{}"}}]}"""

/** Returns what a chat's body asks. */
fun questionIn(body: String): String =
  JsonParser.parseString(body)
    .asJsonObject
    .getAsJsonArray("messages")
    .last()
    .asJsonObject
    .get("content")
    .asString

/** Sends a request and returns the response's body. */
fun OkHttpClient.send(request: Request): String =
  newCall(request).execute().use { response -> response.body.string() }
