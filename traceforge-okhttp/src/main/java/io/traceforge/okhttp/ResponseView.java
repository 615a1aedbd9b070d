package io.traceforge.okhttp;

import okhttp3.Request;
import okhttp3.Response;

/** Gives the caller's own requests back in a response and in those that led to it. */
final class ResponseView {
  private ResponseView() {}

  static Response.Builder of(Response response, RecordedCall call) {
    Response.Builder builder = response.newBuilder().request(call.callersOwn(response.request()));
    Response network = response.networkResponse();
    if (network != null) {
      Request sent = OutgoingRequests.withOwnBody(network.request());
      builder.networkResponse(
          sent == network.request() ? network : network.newBuilder().request(sent).build());
    }
    if (response.priorResponse() != null) {
      builder.priorResponse(of(response.priorResponse(), call).build());
    }
    return builder;
  }
}
