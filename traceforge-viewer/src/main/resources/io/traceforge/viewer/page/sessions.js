// The list of sessions.
import { getJson, links, paths } from "./api.js";
import { el, keepingFocus, replace } from "./dom.js";
import { filterBar, isFiltered, keepingText, offer } from "./filters.js";
import { plural } from "./format.js";
import { table } from "./sessiontable.js";
import { atMostEvery } from "./timing.js";

const REFRESH_MS = 5000;

/** How soon totals are asked for when there is news: the viewer keeps those of the last five seconds. */
const STATS_MS = 5500;

export async function showSessions({ main, query, signal }) {
  const path = paths.sessions(query);
  const page = await getJson(path, signal);
  document.title = "Sessions – TraceForge";
  const rows = table(signal);
  const pager = el("nav", { class: "pager", "aria-label": "Pages" });
  const total = el("p", { class: "note" });
  const stale = el("p", { class: "stale", role: "status" });
  const filters = filterBar(query);
  const fill = (news) => {
    rows.fill(news.sessions, isFiltered(query) ? "No session matches." : "Nothing has been recorded yet.");
    arrangePages(pager, news, query);
  };
  const section = el(
    "section",
    { class: "sessions", "aria-labelledby": "sessions-title" },
    el("div", { class: "heading" }, el("h1", { id: "sessions-title" }, "Sessions"), total, stale),
    filters,
    el("div", { class: "table" }, rows.element),
    pager,
  );
  keepingText(main, () => keepingFocus(main, () => replace(main, section)));
  fill(page);
  addUp(total, filters, signal);
  const addUpAgain = atMostEvery(STATS_MS, signal, () => addUp(total, filters, signal));
  const onNews = (news) => {
    fill(news);
    addUpAgain();
  };
  if (!query.has("after")) {
    refresh(path, page, signal, onNews, (problem) => (stale.textContent = problem));
  }
}

/** All sessions are looked at for this; the list does not wait for it. */
async function addUp(total, filters, signal) {
  const stats = await getJson(paths.stats(), signal).catch(() => null);
  if (stats !== null) {
    total.textContent = totals(stats);
    offer(filters, stats);
  }
}

function totals(stats) {
  const some = stats.complete ? "" : "the newest ";
  return `${some}${plural(stats.sessions, "session")} · ${plural(stats.traces, "call")} · ${plural(stats.tokens, "token")}`;
}

function arrangePages(pager, page, query) {
  const newest = new URLSearchParams(query);
  newest.delete("after");
  const older = new URLSearchParams(query);
  older.set("after", page.next_cursor ?? "");
  keepingFocus(pager, () =>
    replace(
      pager,
      query.has("after") && el("a", { href: links.sessions(newest), class: "button", "data-key": "newest" }, "Newest"),
      page.next_cursor &&
        el("a", { href: links.sessions(older), class: "button", rel: "next", "data-key": "older" }, "Older"),
    ),
  );
}

/** New sessions appear by themselves, while somebody looks. One question at a time. */
function refresh(path, first, signal, fill, tell) {
  let last = JSON.stringify(first);
  let timer = setTimeout(look, REFRESH_MS);

  async function look() {
    if (!document.hidden) {
      await ask();
    }
    if (!signal.aborted) {
      timer = setTimeout(look, REFRESH_MS);
    }
  }

  async function ask() {
    try {
      const page = await getJson(path, signal);
      const text = JSON.stringify(page);
      if (text !== last) {
        last = text;
        fill(page);
      }
      tell("");
    } catch (failure) {
      tell(signal.aborted ? "" : failure.message);
    }
  }

  signal.addEventListener("abort", () => clearTimeout(timer));
}
