// Asks the HTTP API.
import { parseTimeline } from "./exact.js";

/** Why there is no answer; the status is that of HTTP, or 0 if there is none. */
export class Problem extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

async function get(path, signal) {
  const response = await fetch(path, { signal, headers: { Accept: "application/json" } }).catch(unreachable);
  if (response.ok) {
    return response;
  }
  const problem = await response.json().catch(() => ({}));
  throw new Problem(response.status, problem.detail ?? `HTTP ${response.status}`);
}

/** What a browser says of a server that is gone helps nobody. */
function instead(what) {
  return (failure) => {
    throw failure.name === "AbortError" ? failure : new Problem(0, `${what}. Does it still run?`);
  };
}

const unreachable = instead("The viewer does not answer");
const brokenOff = instead("The answer of the viewer broke off");

export async function getJson(path, signal) {
  return (await get(path, signal)).json().catch(brokenOff);
}

export async function getText(path, signal) {
  return (await get(path, signal)).text().catch(brokenOff);
}

/** Returns the timeline of a session, with the numbers of its states as they were recorded. */
export async function getTimeline(id, signal) {
  return parseTimeline(await getText(paths.timeline(id), signal));
}

/** Half a character cannot stand in an address; what bears one is shown, if it cannot be asked for. */
const segment = (id) => encodeURIComponent(id.toWellFormed());

export const paths = {
  sessions: (query) => `/api/sessions?${query}`,
  session: (id) => `/api/sessions/${segment(id)}`,
  timeline: (id) => `/api/sessions/${segment(id)}/timeline`,
  summary: (id) => `/api/sessions/${segment(id)}/summary`,
  events: (id) => `/api/sessions/${segment(id)}/events`,
  exported: (id) => `/api/sessions/${segment(id)}/export`,
  trace: (id) => `/api/traces/${segment(id)}`,
  request: (id) => `/api/traces/${segment(id)}/request`,
  response: (id) => `/api/traces/${segment(id)}/response`,
  answer: (id) => `/api/traces/${segment(id)}/response?assembled=true`,
  conversation: (id, query) => `/api/traces/${segment(id)}/conversation?${query}`,
  part: (id, message, part) => `/api/traces/${segment(id)}/conversation/${message}/${part}`,
  search: (query) => `/api/search?${query}`,
  stats: () => "/api/stats",
};

export const links = {
  sessions: (query) => (String(query) === "" ? "#/" : `#/?${query}`),
  session: (id, call) => `#/sessions/${segment(id)}${call ? `?call=${segment(call)}` : ""}`,
  search: (text) => `#/search?${new URLSearchParams({ q: text })}`,
};
