// What a search found.
import { getJson, links, paths } from "./api.js";
import { el, replace, shown } from "./dom.js";
import { time } from "./format.js";

export async function showSearch({ main, query, signal }) {
  const text = query.get("q") ?? "";
  document.title = "Search – TraceForge";
  const page = text === "" ? { hits: [] } : await getJson(paths.search(query), signal);
  const older = new URLSearchParams(query);
  older.set("after", page.next_cursor ?? "");
  replace(
    main,
    el(
      "section",
      { class: "results", "aria-labelledby": "results-title" },
      el("h1", { id: "results-title" }, "Found: ", el("bdi", {}, shown(text))),
      page.hits.length === 0 && el("p", { class: "note" }, "Nothing that was said matches."),
      el("ol", { class: "hits" }, page.hits.map(hit)),
      page.next_cursor && el("nav", { class: "pager", "aria-label": "Pages" }, el("a", { class: "button", href: `#/search?${older}` }, "More")),
    ),
  );
}

/** A call that belongs to no session is on no page, so nothing leads there. */
function hit(found) {
  const session = found.session_id;
  const text = [
    el("span", { class: "where" }, el("bdi", {}, shown(session ?? "no session")), ` · step ${found.step} · ${time(found.timestamp)}`),
    el("span", { class: "snippet", dir: "auto" }, marked(found.snippet, found.marks)),
  ];
  const place = session === undefined ? null : links.session(session, found.trace_id);
  return el("li", {}, place === null ? el("div", { class: "hit" }, text) : el("a", { class: "hit", href: place, "data-step": true }, text));
}

function marked(text, marks) {
  const parts = [];
  let done = 0;
  for (const [start, end] of marks) {
    parts.push(shown(text.slice(done, start)), el("mark", {}, shown(text.slice(start, end))));
    done = end;
  }
  return [...parts, shown(text.slice(done))];
}
