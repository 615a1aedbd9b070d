// The timeline: a lane for each step, a row for each call, a bar for each attempt.
import { links } from "./api.js";
import { el, shown } from "./dom.js";
import { count, duration, NONE, plural } from "./format.js";
import { childrenOf, span, steps } from "./model.js";

/** Agents may call agents thousands of levels deep; what is deeper is one click away. */
const DEEPEST = 6;

export function timeline(view) {
  const scale = scaleOf(span(view.data));
  return el(
    "div",
    { class: "timeline" },
    el(
      "div",
      { class: "axis", "aria-hidden": "true" },
      el("span", { class: "ticks" }, scale.ticks.map(tick)),
      el("span", { class: "number" }, "Duration"),
      el("span", { class: "number" }, "Tokens"),
    ),
    lanes(view, view.data, scale, 0),
  );
}

function tick({ at, text }) {
  const mark = el("span", {}, text);
  mark.style.left = `${at}%`;
  return mark;
}

/** Times become percents of the width. */
function scaleOf({ start, end }) {
  const total = end - start;
  const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 15e3, 3e4, 6e4, 12e4, 3e5, 6e5, 18e5, 36e5];
  const size = steps.find((one) => total / one <= 5) ?? total / 4;
  const ticks = [];
  for (let at = 0; at <= total * 0.94; at += size) {
    ticks.push({ at: (at / total) * 100, text: at === 0 ? "0" : duration(at).replace(/\.0+ s$/, " s") });
  }
  return { start, percent: (ms) => (ms / total) * 100, ticks };
}

function lanes(view, part, scale, depth) {
  return el(
    "ol",
    { class: "lanes", "aria-label": depth === 0 ? "Steps" : "Steps of the session below" },
    steps(part.timeline).map(([step, calls]) =>
      el(
        "li",
        { class: "lane" },
        el("span", { class: "step-index", "aria-hidden": "true" }, step),
        el("ol", { class: "calls" }, calls.map((call) => row(view, part, call, scale, depth))),
      ),
    ),
  );
}

function row(view, part, call, scale, depth) {
  const found = { call, session: part.session };
  const reached = () => view.select(found, true);
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
        class: `call depth-${Math.min(depth, DEEPEST)} ${call.status}`,
        "data-step": true,
        "data-call": call.trace_id,
        "aria-label": spoken(call),
        onclick: clicked,
        onreached: reached,
      },
      what(call),
      el("span", { class: "track" }, bars(call, scale)),
      el("span", { class: "number" }, call.duration_ms === undefined ? "running" : duration(call.duration_ms)),
      el("span", { class: "number" }, count(call.tokens_used)),
    ),
    childrenOf(view.data, call).map((child) => below(view, child, scale, depth + 1)),
  );
}

function what(call) {
  const tools = call.tool_calls.map((tool) => shown(tool.name)).join(", ");
  return el(
    "span",
    { class: "what" },
    el("span", { class: `dot ${call.status}` }),
    el("span", { class: "model" }, el("bdi", {}, shown(call.model ?? call.endpoint))),
    call.parallel && el("span", { class: "tag" }, "parallel"),
    call.attempts.length > 1 && el("span", { class: "tag retried" }, `${call.attempts.length} attempts`),
    tools && el("span", { class: "tools" }, tools),
    call.error && el("span", { class: "why" }, shown(call.error)),
  );
}

function spoken(call) {
  return [
    `Step ${call.step}: ${shown(call.model ?? call.endpoint)}`,
    call.status.replace("_", " "),
    call.duration_ms === undefined ? null : duration(call.duration_ms),
    call.tokens_used === undefined ? null : plural(call.tokens_used, "token"),
    call.parallel ? "parallel" : null,
    call.attempts.length > 1 ? plural(call.attempts.length, "attempt") : null,
    call.tool_calls.length > 0 ? `calls ${call.tool_calls.map((tool) => shown(tool.name)).join(", ")}` : null,
  ]
    .filter(Boolean)
    .join(", ");
}

function bars(call, scale) {
  return call.attempts.map((attempt, i) => {
    const begin = Date.parse(attempt.timestamp);
    const took = attempt.duration_ms ?? Math.max(0, Date.now() - begin);
    const bar = el("span", { class: `bar ${attempt.status}`, title: title(call, attempt, i) });
    bar.style.left = `${scale.percent(begin - scale.start)}%`;
    bar.style.width = `${scale.percent(took)}%`;
    const first = i === call.attempts.length - 1 ? call.time_to_first_token_ms : undefined;
    if (first !== undefined && took > 0) {
      const waited = el("span", { class: "waited" });
      waited.style.width = `${Math.min(100, (first / took) * 100)}%`;
      bar.append(waited);
    }
    return bar;
  });
}

function title(call, attempt, i) {
  const lines = [`${attempt.status.replace("_", " ")}, ${duration(attempt.duration_ms)}`];
  if (call.attempts.length > 1) {
    lines.unshift(`Attempt ${i + 1} of ${call.attempts.length}`);
  }
  if (call.time_to_first_token_ms !== undefined && i === call.attempts.length - 1) {
    lines.push(`first token after ${duration(call.time_to_first_token_ms)}`);
  }
  if (attempt.error) {
    lines.push(shown(attempt.error));
  }
  return lines.join("\n");
}

function below(view, child, scale, depth) {
  const id = child.session.session_id;
  return el(
    "div",
    { class: "below" },
    el(
      "p",
      { class: `below-head depth-${Math.min(depth, DEEPEST)}` },
      el("a", { href: links.session(id) }, el("bdi", {}, shown(id))),
      el("span", { class: "note" }, ` ${plural(child.session.total_steps, "step")}, ${duration(child.session.duration_ms) ?? NONE}`),
    ),
    depth < DEEPEST && lanes(view, child, scale, depth),
  );
}
