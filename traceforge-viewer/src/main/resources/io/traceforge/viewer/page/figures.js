// The head of a session: what it was, in numbers.
import { paths } from "./api.js";
import { arrange, el, shown } from "./dom.js";
import { count, duration, NONE, plural, time, words } from "./format.js";
import { costOf, costText, costTitle } from "./money.js";

/** Returns the head's element, and what draws in it. Its links stay the same: somebody may be pressing one. */
export function figures(view) {
  const back = el("a", { href: "#/", class: "back", "data-key": "back" }, "Sessions");
  const name = el("h1", { id: "session-title" }, el("bdi", {}, shown(view.id)));
  const exported = el("a", { class: "export", href: paths.exported(view.id), download: true, "data-key": "export" }, "Export JSONL");
  const title = el("div", { class: "title" });
  const element = el("header", { class: "session-head" });
  return {
    element,
    draw() {
      arrange(title, [back, name, ...standing(view), exported]);
      arrange(element, [title, ...reason(view.data.session), numbers(view.data)]);
    },
  };
}

function standing({ data: { session }, live, lost }) {
  const status = el("span", { class: `status ${session.status}` }, words(session.status));
  const watched = { live: el("span", { class: "live" }, "Live"), lost: el("span", { class: "lost" }, lost) };
  return live ? [status, watched[live]] : [status];
}

function reason({ status_reason: text }) {
  return text ? [el("p", { class: "reason", title: shown(text) }, shown(text))] : [];
}

function numbers(data) {
  return el("dl", { class: "figures" }, all(data).map((one) => figure(...one)));
}

function all(data) {
  const session = data.session;
  const cost = costOf(data.timeline);
  return [
    ["Started", time(session.start_time), session.start_time],
    ["Duration", duration(session.duration_ms)],
    ["Steps", count(session.total_steps)],
    ["Calls", count(session.total_calls)],
    ["Tokens", tokens(session)],
    ["Cost", costText(cost), costTitle(cost)],
    ["Models", session.models_used.map(shown).join(", ") || NONE],
    session.error_count > 0 && ["Errors", count(session.error_count)],
    session.retry_count > 0 && ["Retries", count(session.retry_count)],
    session.lost_traces > 0 && ["Lost", plural(session.lost_traces, "call")],
  ].filter(Boolean);
}

function figure(name, value, title) {
  return el("div", { class: `figure-${name.toLowerCase()}` }, el("dt", {}, name), el("dd", { title }, value));
}

function tokens(session) {
  const { input_tokens: input, output_tokens: output } = session.usage;
  const parts = input === undefined || output === undefined ? "" : ` (${count(input)} in, ${count(output)} out)`;
  return count(session.total_tokens) + parts;
}
