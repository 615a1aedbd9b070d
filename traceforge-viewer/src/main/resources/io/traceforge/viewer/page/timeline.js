// The timeline: a lane for each step, a row for each call. Drawn again, it touches only the lanes
// that have changed: whoever points at one, reads it or has marked its text keeps it.
import { links } from "./api.js";
import { bars, grow } from "./bars.js";
import { arrange, el, keepingFocus, shown } from "./dom.js";
import { count, duration, plural, took, words } from "./format.js";
import { childrenOf, findCall, keyOf, steps } from "./model.js";
import { present } from "./present.js";
import { scaleOf } from "./scale.js";

/** Agents may call agents thousands of levels deep; what is deeper is one click away. */
const DEEPEST = 6;

/** Returns the timeline's element, and what draws in it. */
export function timeline(view) {
  const ticks = el("span", { class: "ticks" });
  const place = el("div", { class: "places" });
  const element = el(
    "div",
    { class: "timeline" },
    el(
      "div",
      { class: "axis", "aria-hidden": "true" },
      ticks,
      el("span", { class: "number" }, "Duration"),
      el("span", { class: "number" }, "Tokens"),
    ),
    place,
  );
  const scale = scaleOf(element, ticks);
  const drawn = { view, scale, lists: new Map(), lanes: new Map() };
  return {
    element,
    draw() {
      scale.show(view.data);
      keepingFocus(place, () => {
        const empty = el("p", { class: "note nothing" }, "No call has been recorded yet.");
        arrange(place, view.data.timeline.length === 0 ? [empty] : [lanes(drawn, view.data, 0)]);
      });
    },
    grow() {
      scale.show(view.data);
      grow(element);
    },
  };
}

/** Returns the list of a session's lanes, the same one as before with what is new in it. */
function lanes(drawn, part, depth) {
  const id = part.session.session_id;
  const label = depth === 0 ? "Steps" : "Steps of the session below";
  const list = drawn.lists.get(id) ?? el("ol", { class: `lanes depth-${depth}`, "aria-label": label });
  drawn.lists.set(id, list);
  arrange(
    list,
    steps(part.timeline).map(([step, calls]) => lane(drawn, part, step, calls, depth)),
  );
  return list;
}

function lane(drawn, part, step, calls, depth) {
  const key = JSON.stringify([part.session.session_id, step]);
  const known = drawn.lanes.get(key);
  const holds = [endOfUnanswered(part, calls), ...contents(drawn.view.data, calls, depth)];
  if (known?.holds.length === holds.length && known.holds.every((one, i) => one === holds[i])) {
    return known.element;
  }
  const element = el(
    "li",
    { class: "lane" },
    el("span", { class: "step-index", "aria-hidden": "true" }, step),
    el("ol", { class: "calls" }, calls.map((call) => row(drawn, part, call, depth))),
  );
  drawn.lanes.set(key, { holds, element });
  return element;
}

/** Returns where the bars of unanswered calls end that do not grow any more; undefined if there are none. */
function endOfUnanswered(part, calls) {
  const ended = part.session.status !== "in_progress" && calls.some((call) => call.status === "in_progress");
  return ended ? present(part) : undefined;
}

/** Returns all that a lane shows. */
function contents(data, calls, depth) {
  const below = (child) =>
    depth + 1 < DEEPEST ? [child, ...contents(data, child.timeline, depth + 1)] : [child];
  return calls.flatMap((call) => [call, ...childrenOf(data, call).flatMap(below)]);
}

function row(drawn, part, call, depth) {
  const { view, scale } = drawn;
  const reached = () => view.select(findCall(view.data, call.trace_id));
  const clicked = () => {
    reached();
    view.reveal();
  };
  return el(
    "li",
    {},
    call.gaps.map((gap) => el("p", { class: "gap" }, `${plural(gap.last_call_number - gap.first_call_number + 1, "call")} lost here`)),
    el(
      "button",
      {
        type: "button",
        class: `call depth-${depth} ${call.status}`,
        "data-step": true,
        "data-key": keyOf(call),
        "data-call": call.trace_id,
        "aria-label": spoken(call),
        "aria-current": String(call.trace_id === view.selected?.call.trace_id),
        onclick: clicked,
        onreached: reached,
      },
      what(call),
      el("span", { class: "track" }, bars(call, part, scale)),
      el("span", { class: "number" }, took(call, part.session)),
      el("span", { class: "number" }, count(call.tokens_used)),
    ),
    childrenOf(view.data, call).map((child) => below(drawn, child, depth + 1)),
  );
}

function what(call) {
  const tools = call.tool_calls.map((tool) => shown(tool.name)).join(", ");
  const model = shown(call.model ?? call.endpoint);
  return el(
    "span",
    { class: "what" },
    el("span", { class: `dot ${call.status}` }),
    el("span", { class: "model", title: model }, el("bdi", {}, model)),
    call.parallel && el("span", { class: "tag" }, "parallel"),
    call.attempts.length > 1 && el("span", { class: "tag retried" }, `${call.attempts.length} attempts`),
    tools && el("span", { class: "tools", title: tools }, tools),
    call.error && el("span", { class: "why", title: shown(call.error) }, shown(call.error)),
  );
}

function spoken(call) {
  return [
    `Step ${call.step}: ${shown(call.model ?? call.endpoint)}`,
    words(call.status),
    call.status === "in_progress" || call.duration_ms === undefined ? null : duration(call.duration_ms),
    call.tokens_used === undefined ? null : plural(call.tokens_used, "token"),
    call.parallel ? "parallel" : null,
    call.attempts.length > 1 ? plural(call.attempts.length, "attempt") : null,
    call.tool_calls.length > 0 ? `calls ${call.tool_calls.map((tool) => shown(tool.name)).join(", ")}` : null,
    call.error ? shown(call.error) : null,
  ]
    .filter(Boolean)
    .join(", ");
}

function below(drawn, child, depth) {
  const id = child.session.session_id;
  return el(
    "div",
    { class: "below" },
    el(
      "p",
      { class: `below-head depth-${depth}` },
      el("a", { href: links.session(id), "data-key": JSON.stringify([id]) }, el("bdi", {}, shown(id))),
      el("span", { class: "note" }, ` ${plural(child.session.total_steps, "step")}, ${duration(child.session.duration_ms)}`),
    ),
    depth < DEEPEST && lanes(drawn, child, depth),
  );
}
