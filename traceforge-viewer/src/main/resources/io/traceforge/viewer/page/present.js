// What time it is in a session: now while it runs, and afterwards the last moment that its calls tell
// of. What was never answered has no other end.
import { parts } from "./model.js";

/** Returns whether a call, or an attempt of one, is still to be answered. */
export function isUnderWay({ status }, session) {
  return status === "in_progress" && session.status === "in_progress";
}

function partUnderWay({ session, timeline }) {
  return timeline.some((call) => isUnderWay(call, session));
}

/** Returns whether anything is to be answered, in a session or below it. */
export function anythingUnderWay(data) {
  return parts(data).some(partUnderWay);
}

/** Returns how far a session has come, in milliseconds. */
export function present(part) {
  return part.session.status === "in_progress" ? Date.now() : lastMoment(part);
}

const lastMoments = new WeakMap();

function lastMoment({ timeline }) {
  if (!lastMoments.has(timeline)) {
    const ends = timeline.flatMap((call) => call.attempts.map(endOf));
    lastMoments.set(timeline, ends.reduce((last, end) => Math.max(last, end), -Infinity));
  }
  return lastMoments.get(timeline);
}

function endOf(attempt) {
  return Date.parse(attempt.timestamp) + (attempt.duration_ms ?? 0);
}

/** Returns the time in milliseconds from the first start to the last end, of all sessions. */
export function span(data) {
  let start = Infinity;
  let end = -Infinity;
  for (const part of parts(data)) {
    start = part.timeline.reduce((first, call) => Math.min(first, Date.parse(call.timestamp)), start);
    end = Math.max(end, partUnderWay(part) ? Date.now() : 0, lastMoment(part));
  }
  return { start, end: Math.max(end, start + 1) };
}
