// A timeline as the API tells it, and what can be asked of it.

/** Returns the calls of the session itself, each with its session. */
export function calls(data) {
  return data.timeline.map((call) => ({ call, session: data.session }));
}

function everything(data) {
  return [data, ...data.descendants].flatMap((part) => part.timeline.map((call) => ({ call, session: part.session })));
}

export function findCall(data, traceId) {
  return everything(data).find(({ call }) => has(call, traceId));
}

export function has(call, traceId) {
  return call.trace_id === traceId || call.attempts.some((attempt) => attempt.trace_id === traceId);
}

/** Returns the call whose conversation this one went on with: the one before it in its session. */
export function callBefore(data, { call, session }) {
  const siblings = everything(data).filter((other) => other.session === session && other.call.step < call.step);
  return siblings.at(-1)?.call;
}

/** Returns the calls of a timeline by step, in order. */
export function steps(entries) {
  const found = new Map();
  for (const call of entries) {
    if (!found.has(call.step)) {
      found.set(call.step, []);
    }
    found.get(call.step).push(call);
  }
  return [...found.entries()];
}

/** Returns what the step of a call changed in the state, told at its last call. */
export function stateDiff(data, { call, session }) {
  const part = [data, ...data.descendants].find((one) => one.session === session);
  return part.timeline.filter((other) => other.step === call.step).at(-1)?.state_diff;
}

/** Returns the sessions that were made for a call, with what is below them. */
export function childrenOf(data, call) {
  return data.descendants.filter((child) => has(call, child.parent_trace_id));
}

/** Puts a call that has changed into its place; attempts of one call replace each other. */
export function merge(data, call) {
  const others = data.timeline.filter((other) => !call.attempts.some((attempt) => has(other, attempt.trace_id)));
  others.push(call);
  others.sort((a, b) => a.step - b.step || compare(a.timestamp, b.timestamp) || compare(a.trace_id, b.trace_id));
  data.timeline = others;
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Returns the time in milliseconds from the first start to the last end, of all sessions. */
export function span(data) {
  let start = Infinity;
  let end = -Infinity;
  for (const { call } of everything(data)) {
    const begin = Date.parse(call.timestamp);
    start = Math.min(start, begin);
    end = Math.max(end, begin + (call.duration_ms ?? 0), call.status === "in_progress" ? Date.now() : 0);
  }
  return { start, end: Math.max(end, start + 1) };
}
