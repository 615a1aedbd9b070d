// The list of sessions.
import { getJson, links, paths } from "./api.js";
import { el, replace, shown } from "./dom.js";
import { filterBar, offer } from "./filters.js";
import { count, duration, NONE, plural, time, usd, words } from "./format.js";
import { stepBar } from "./stepbar.js";
import { summaries } from "./summaries.js";

const REFRESH_MS = 5000;
const COLUMNS = ["Status", "Session", "Started", "Steps", "Duration", "Tokens", "Cost", "Models"];
const NUMERIC = new Set(["Steps", "Duration", "Tokens", "Cost"]);

export async function showSessions({ main, query, signal }) {
  const path = paths.sessions(query);
  const page = await getJson(path, signal);
  document.title = "Sessions – TraceForge";
  const body = el("tbody");
  const pager = el("nav", { class: "pager", "aria-label": "Pages" });
  const load = summaries(signal);
  const total = el("p", { class: "note" });
  const filters = filterBar(query);
  replace(
    main,
    el(
      "section",
      { class: "sessions", "aria-labelledby": "sessions-title" },
      el("div", { class: "heading" }, el("h1", { id: "sessions-title" }, "Sessions"), total),
      filters,
      el("div", { class: "table" }, table(body)),
      pager,
    ),
  );
  fill(body, pager, page, query, load);
  // All sessions are looked at for these; the list does not wait for it.
  getJson(paths.stats(), signal)
    .then((stats) => {
      total.textContent = totals(stats);
      offer(filters, stats);
    })
    .catch(() => {});
  if (!query.has("after")) {
    refresh(path, JSON.stringify(page), signal, (news) => fill(body, pager, news, query, load));
  }
}

function totals(stats) {
  const some = stats.complete ? "" : "the newest ";
  return `${some}${plural(stats.sessions, "session")} · ${plural(stats.traces, "call")} · ${plural(stats.tokens, "token")}`;
}

function table(body) {
  return el(
    "table",
    {},
    el("caption", { class: "hidden" }, "Sessions, the newest first"),
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        COLUMNS.map((name) => el("th", { scope: "col", class: NUMERIC.has(name) ? "number" : "" }, name)),
      ),
    ),
    body,
  );
}

function fill(body, pager, page, query, load) {
  const focused = document.activeElement?.dataset?.session;
  replace(body, page.sessions.map((session) => row(session, load)));
  if (page.sessions.length === 0) {
    body.append(el("tr", {}, el("td", { colspan: COLUMNS.length, class: "none" }, "No session matches.")));
  }
  [...body.querySelectorAll("[data-session]")].find((link) => link.dataset.session === focused)?.focus();
  replace(pager, pages(page, query));
}

function pages(page, query) {
  const newest = new URLSearchParams(query);
  newest.delete("after");
  const older = new URLSearchParams(query);
  older.set("after", page.next_cursor ?? "");
  return [
    query.has("after") && el("a", { href: links.sessions(newest), class: "button" }, "Newest"),
    page.next_cursor && el("a", { href: links.sessions(older), class: "button", rel: "next" }, "Older"),
  ];
}

function row(session, load) {
  const id = session.session_id;
  const bar = el("span", { class: "steps" });
  const cost = el("td", { class: "number cost", "data-name": "Cost" }, NONE);
  const line = el(
    "tr",
    { class: `is-${session.status}` },
    el("td", {}, el("span", { class: `status ${session.status}` }, words(session.status))),
    el(
      "td",
      { class: "id" },
      el("a", { href: links.session(id), "data-session": id, "data-step": true }, el("bdi", {}, shown(id))),
      session.status_reason && el("span", { class: "reason" }, shown(session.status_reason)),
    ),
    el("td", { class: "time" }, el("time", { datetime: session.start_time }, time(session.start_time))),
    el("td", { class: "number with-bar", "data-name": "Steps" }, bar, el("span", { class: "amount" }, count(session.total_steps))),
    el("td", { class: "number", "data-name": "Duration" }, duration(session.duration_ms)),
    el("td", { class: "number", "data-name": "Tokens" }, count(session.total_tokens)),
    cost,
    el("td", { class: "models" }, models(session)),
  );
  line.addEventListener("click", (event) => {
    if (!event.target.closest("a") && getSelection().isCollapsed) {
      location.hash = links.session(id);
    }
  });
  load(line, session, (summary) => {
    replace(bar, stepBar(summary.steps));
    const unknown = summary.unknown_cost_traces;
    cost.textContent = unknown && !summary.known_cost_usd ? NONE : usd(summary.known_cost_usd) + (unknown ? "+" : "");
    cost.title = unknown ? `The cost of ${plural(unknown, "call")} is not known` : "";
  });
  return line;
}

function models(session) {
  const [first, ...others] = session.models_used;
  const all = session.models_used.map(shown).join(", ");
  return first === undefined
    ? NONE
    : el("span", { title: all }, el("bdi", {}, shown(first)), others.length > 0 && ` +${others.length}`);
}

/** New sessions appear by themselves, while somebody looks. */
function refresh(path, before, signal, fillWith) {
  let last = before;
  const timer = setInterval(async () => {
    if (document.hidden) {
      return;
    }
    const page = await getJson(path, signal).catch(() => null);
    if (page !== null && JSON.stringify(page) !== last) {
      last = JSON.stringify(page);
      fillWith(page);
    }
  }, REFRESH_MS);
  signal.addEventListener("abort", () => clearInterval(timer));
}
