// Reads what the API tells of a session. What a state holds was somebody's, so its numbers keep
// their digits: a browser would round 1798345678901234567, and turn 1.0 into 1.

/** A browser that cannot keep them shows numbers as it takes them. */
const KEEPS = typeof JSON.rawJSON === "function";

const STATES = new Set(["state_snapshot", "state_diff", "final_state_diff"]);

export function parseTimeline(text) {
  return KEEPS ? counted(JSON.parse(text, exact)) : JSON.parse(text);
}

function exact(name, value, { source }) {
  return typeof value === "number" && String(value) !== source ? JSON.rawJSON(source) : value;
}

/** Makes numbers again of those outside of states: they are to be counted with. */
function counted(value) {
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (JSON.isRawJSON(value)) {
    return Number(value.rawJSON);
  }
  for (const [name, one] of Object.entries(value)) {
    if (!STATES.has(name)) {
      value[name] = counted(one);
    }
  }
  return value;
}
