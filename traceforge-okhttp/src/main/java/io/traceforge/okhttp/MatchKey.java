package io.traceforge.okhttp;

import java.util.List;

/**
 * What is compared of a call: calls with equal keys are answered by the same recordings.
 *
 * @param method the HTTP method, or empty if it does not matter
 * @param path the path, or empty if it does not matter
 * @param query the parameters in an order of ours
 * @param body the body in a form of ours, or empty if there is none
 */
record MatchKey(String method, String path, List<String> query, String body) {
  /** The key of every call where the order alone counts. */
  static final MatchKey ANY = new MatchKey("", "", List.of(), "");
}
