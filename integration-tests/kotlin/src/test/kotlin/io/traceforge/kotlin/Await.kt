package io.traceforge.kotlin

import java.io.IOException
import kotlin.coroutines.resumeWithException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withContext
import okhttp3.Call
import okhttp3.Callback
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.Response

/** Waits for the response without a thread. */
suspend fun Call.await(): Response = suspendCancellableCoroutine { waiting ->
  waiting.invokeOnCancellation { cancel() }
  enqueue(
    object : Callback {
      override fun onResponse(call: Call, response: Response) =
        waiting.resume(response) { _, unread, _ -> unread.close() }

      override fun onFailure(call: Call, e: IOException) = waiting.resumeWithException(e)
    }
  )
}

/** Sends a request and returns the response's body. */
suspend fun OkHttpClient.answer(request: Request): String =
  newCall(request).await().use { response ->
    withContext(Dispatchers.IO) { response.body.string() }
  }
