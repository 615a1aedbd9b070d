// A timeline as the API tells it, and what can be asked of it. Of what is told again unchanged the
// object stays the same, so that whoever drew it sees that there is nothing new.

/** Returns the calls of the session itself, each with its session. */
export function calls(data) {
  return data.timeline.map((call) => ({ call, session: data.session }));
}

/** Returns the session and all sessions below it. */
export function parts(data) {
  return [data, ...data.descendants];
}

function everything(data) {
  return parts(data).flatMap(calls);
}

/** Returns the call that a trace is an attempt of, with its session. */
export function findCall(data, traceId) {
  return everything(data).find(({ call }) => call.attempts.some((attempt) => attempt.trace_id === traceId));
}

/** Returns what a call is told apart by while it goes on: later attempts do not change it. */
export function keyOf(call) {
  return call.attempts[0].trace_id;
}

function partOf(data, session) {
  return parts(data).find((one) => one.session.session_id === session.session_id);
}

function timelineOf(data, session) {
  return partOf(data, session)?.timeline ?? [];
}

/** Returns the call whose conversation this one went on with: the one before it in its session. */
export function callBefore(data, { call, session }) {
  return timelineOf(data, session)
    .filter((other) => other.step < call.step)
    .at(-1);
}

/** Returns the calls of a timeline by step, in order. */
export function steps(timeline) {
  return [...grouped(timeline, (call) => call.step).entries()];
}

function grouped(all, keyOfOne) {
  const groups = new Map();
  for (const one of all) {
    const key = keyOfOne(one);
    if (!groups.has(key)) {
      groups.set(key, []);
    }
    groups.get(key).push(one);
  }
  return groups;
}

/** Returns what the step of a call changed in the state, told at its last call. */
export function stateDiff(data, { call, session }) {
  return timelineOf(data, session)
    .filter((other) => other.step === call.step)
    .at(-1)?.state_diff;
}

/** Returns what changed in the state after the last call, for the calls of the last step. */
export function finalDiff(data, { call, session }) {
  return timelineOf(data, session).at(-1)?.step === call.step ? partOf(data, session).final_state_diff : undefined;
}

const byParent = new WeakMap();

/** Returns the sessions that were made for a call, with what is below them. */
export function childrenOf({ descendants }, call) {
  if (!byParent.has(descendants)) {
    byParent.set(descendants, grouped(descendants, (child) => child.parent_trace_id));
  }
  return call.attempts.flatMap((attempt) => byParent.get(descendants).get(attempt.trace_id) ?? []);
}

/** Puts calls that have changed into their places; attempts of one call replace each other. */
export function merge(data, changed) {
  const known = new Map(data.timeline.map((call) => [call.trace_id, call]));
  const latest = new Map(changed.map((call) => [keyOf(call), call]));
  const replaced = new Set([...latest.values()].flatMap((call) => call.attempts.map((attempt) => attempt.trace_id)));
  const others = data.timeline.filter((call) => !call.attempts.some((attempt) => replaced.has(attempt.trace_id)));
  // Who tells of a change does not know of the sessions below.
  const told = [...latest.values()].map((call) => {
    const before = known.get(call.trace_id);
    return sameOr(before, { ...call, children: before?.children ?? [] });
  });
  data.timeline = [...others, ...told].sort(inOrder);
}

function inOrder(a, b) {
  return a.step - b.step || compare(a.timestamp, b.timestamp) || compare(a.trace_id, b.trace_id);
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Takes over what no event tells of: sessions below, and the end's state. Returns whether any of it has changed. */
export function mergeUntold(data, fresh) {
  const below = mergeDescendants(data, fresh.descendants);
  const later = sameOr(data.final_state_diff, fresh.final_state_diff);
  const changed = below || later !== data.final_state_diff;
  data.final_state_diff = later;
  return changed;
}

function mergeDescendants(data, fresh) {
  const known = new Map(data.descendants.map((part) => [part.session.session_id, part]));
  const merged = fresh.map((part) => mergedPart(known.get(part.session.session_id), part));
  const changed = merged.length !== known.size || merged.some((part, i) => part !== data.descendants[i]);
  if (changed) {
    data.descendants = merged;
  }
  return changed;
}

function mergedPart(before, now) {
  const known = new Map(before?.timeline.map((call) => [call.trace_id, call]));
  const timeline = now.timeline.map((call) => sameOr(known.get(call.trace_id), call));
  const later = sameOr(before?.final_state_diff, now.final_state_diff);
  return sameOr(before, { ...now, timeline, final_state_diff: later });
}

function sameOr(before, now) {
  return JSON.stringify(before) === JSON.stringify(now) ? before : now;
}
