// The facts of one call: its request line, times, ids, headers and attempts.
import { getJson, paths } from "./api.js";
import { el, shown } from "./dom.js";
import { bodySize, count, duration, NONE, time, usd, words } from "./format.js";

export async function facts(view, found, signal) {
  const { call, traceId } = found;
  const trace = await getJson(paths.trace(traceId), signal);
  const attempt = call.attempts.find((one) => one.trace_id === traceId);
  return [
    pairs("Call", [
      ["Request", `${trace.http.method} ${trace.http.url}`],
      ["Response", trace.http.status_code === undefined ? "none" : `HTTP ${trace.http.status_code}`],
      ["Request body", bodySize(trace.http.request_body)],
      ["Response body", bodySize(trace.http.response_body)],
      ["Provider", trace.metadata.provider],
      ["Model asked for", trace.metadata.request_model],
      ["Model that answered", trace.metadata.response_model],
      ["Finish reasons", trace.metadata.finish_reasons.join(", ")],
      ["Trace", trace.id],
      ["Parent trace", trace.parent_trace_id],
    ]),
    pairs("Tokens", [
      ...Object.entries(trace.metadata.usage).map(([name, tokens]) => [words(name), count(tokens)]),
      ["cost", usd(attempt.cost_usd)],
    ]),
    pairs("Times", [
      ["Headers after", nanos(trace.metadata.timing.to_headers_ns)],
      ["First byte after", nanos(trace.metadata.timing.to_first_byte_ns)],
      ["First token after", nanos(trace.metadata.timing.to_first_token_ns)],
      ["End after", nanos(trace.metadata.timing.total_ns)],
    ]),
    call.attempts.length > 1 && attempts(call),
    headers("Request headers", trace.http.request_headers),
    headers("Response headers", trace.http.response_headers),
  ];
}

function nanos(ns) {
  return ns === undefined ? NONE : duration(ns / 1e6);
}

function pairs(title, all) {
  const known = all.filter(([, value]) => value !== undefined && value !== null && value !== "");
  return el(
    "section",
    { class: "facts" },
    el("h3", {}, title),
    el("dl", {}, known.map(([name, value]) => [el("dt", {}, name), el("dd", {}, el("bdi", {}, shown(value)))])),
  );
}

function attempts(call) {
  return pairs(
    "Attempts",
    call.attempts.map((attempt, i) => [
      `${i + 1}`,
      [time(attempt.timestamp), duration(attempt.duration_ms), words(attempt.status), attempt.error].filter(Boolean).join(" · "),
    ]),
  );
}

function headers(title, fields) {
  return fields === undefined || fields.length === 0 ? null : pairs(title, fields);
}
