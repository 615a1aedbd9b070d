// The table of sessions. Filled again, it leaves the rows of those that have not changed alone.
import { links } from "./api.js";
import { arrange, el, keepingFocus, replace, shown } from "./dom.js";
import { count, duration, NONE, time, words } from "./format.js";
import { costText, costTitle } from "./money.js";
import { stepBar } from "./stepbar.js";
import { summaries } from "./summaries.js";

const COLUMNS = ["Status", "Session", "Started", "Steps", "Duration", "Tokens", "Cost", "Models"];
const NUMERIC = new Set(["Steps", "Duration", "Tokens", "Cost"]);

/** Of sessions with more the viewer makes no summary. */
const MOST_TRACES = 2000;

export function table(signal) {
  const body = el("tbody");
  const load = summaries(signal);
  let rows = new Map();
  return {
    element: el("table", {}, el("caption", { class: "hidden" }, "Sessions, the newest first"), head(), body),
    /** Shows sessions, or says that there are none. */
    fill(sessions, none) {
      rows = new Map(sessions.map((session) => [session.session_id, rowOf(session, rows, load)]));
      const empty = el("tr", {}, el("td", { colspan: COLUMNS.length, class: "none" }, none));
      keepingFocus(body, () => arrange(body, sessions.length === 0 ? [empty] : [...rows.values()].map((row) => row.line)));
    },
  };
}

function head() {
  const names = COLUMNS.map((name) => el("th", { scope: "col", class: NUMERIC.has(name) ? "number" : "" }, name));
  return el("thead", {}, el("tr", {}, names));
}

function rowOf(session, rows, load) {
  const text = JSON.stringify(session);
  const known = rows.get(session.session_id);
  return known?.text === text ? known : newRow(session, text, known?.summary, load);
}

/** What is known of a session's steps stands until there is news of them. */
function newRow(session, text, before, load) {
  const bar = el("span", { class: "steps" });
  const cost = el("td", { class: "number cost", "data-name": "Cost" }, NONE);
  const row = { text, line: line(session, bar, cost), summary: null };
  const show = (summary) => {
    row.summary = summary;
    replace(bar, stepBar(summary.steps));
    const known = { known: summary.known_cost_usd, unknown: summary.unknown_cost_traces };
    cost.textContent = costText(known);
    cost.title = costTitle(known);
  };
  if (before) {
    show(before);
  }
  if (session.total_traces > MOST_TRACES) {
    cost.title = "It has too many calls to add them up in a list; its own page does";
  } else {
    load(row.line, session, show);
  }
  return row;
}

function line(session, bar, cost) {
  const id = session.session_id;
  const reason = shown(session.status_reason ?? "");
  const place = links.session(id);
  const row = el(
    "tr",
    { class: `is-${session.status}` },
    el("td", {}, el("span", { class: `status ${session.status}` }, words(session.status))),
    el(
      "td",
      { class: "id" },
      el("a", { href: place, title: shown(id), "data-key": id, "data-step": true }, el("bdi", {}, shown(id))),
      reason && el("span", { class: "reason", title: reason }, reason),
    ),
    el("td", { class: "time" }, el("time", { datetime: session.start_time, title: session.start_time }, time(session.start_time))),
    el("td", { class: "number with-bar", "data-name": "Steps" }, bar, el("span", { class: "amount" }, count(session.total_steps))),
    el("td", { class: "number", "data-name": "Duration" }, duration(session.duration_ms)),
    el("td", { class: "number", "data-name": "Tokens" }, count(session.total_tokens)),
    cost,
    el("td", { class: "models" }, models(session)),
  );
  row.addEventListener("click", (event) => {
    if (!event.target.closest("a") && getSelection().isCollapsed) {
      location.hash = place;
    }
  });
  return row;
}

function models(session) {
  const [first, ...others] = session.models_used;
  const all = session.models_used.map(shown).join(", ");
  return first === undefined
    ? NONE
    : el("span", { title: all }, el("bdi", {}, shown(first)), others.length > 0 && ` +${others.length}`);
}
