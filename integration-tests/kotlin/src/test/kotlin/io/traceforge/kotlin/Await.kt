package io.traceforge.kotlin

import java.io.IOException
import kotlin.coroutines.resumeWithException
import kotlinx.coroutines.suspendCancellableCoroutine
import okhttp3.Call
import okhttp3.Callback
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.Response

/** Makes a call and reads its response on OkHttp's thread; a cancellation cancels the call. */
suspend fun <T> Call.read(reading: (Response) -> T): T = suspendCancellableCoroutine { waiting ->
  waiting.invokeOnCancellation { cancel() }
  enqueue(
    object : Callback {
      override fun onResponse(call: Call, response: Response) =
        waiting.resumeWith(runCatching { response.use(reading) })

      override fun onFailure(call: Call, e: IOException) = waiting.resumeWithException(e)
    }
  )
}

/** Sends a request and returns the response's body. */
suspend fun OkHttpClient.answer(request: Request): String =
  newCall(request).read { response -> response.body.string() }
