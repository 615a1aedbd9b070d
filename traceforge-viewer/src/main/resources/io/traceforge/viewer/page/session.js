// One session: its figures and charts, the timeline, and what is to tell of the selected call.
import { getJson, links, paths } from "./api.js";
import { charts, markColumn } from "./charts.js";
import { detail } from "./detail.js";
import { announce, el, keepingFocus, replace, shown } from "./dom.js";
import { figures } from "./figures.js";
import { watch } from "./live.js";
import { calls, findCall, keyOf } from "./model.js";
import { timeline } from "./timeline.js";

export async function showSession({ main, query, signal }, id) {
  const view = {
    id,
    signal,
    data: await getJson(paths.timeline(id), signal),
    selected: null,
    following: !query.has("call"),
    parts: { head: el("div"), charts: el("div", { class: "charts" }), detail: el("div") },
  };
  document.title = `${shown(id)} – TraceForge`;
  const lanes = timeline(view);
  view.parts.lanes = lanes.element;
  replace(main, layout(view));
  const panel = detail(view.parts.detail, view, signal);
  view.select = (call, byUser) => select(view, panel, call, byUser);
  view.drawHead = () => keepingFocus(view.parts.head, () => replace(view.parts.head, figures(view)));
  view.draw = () => draw(view, lanes);
  view.grow = lanes.grow;
  view.reveal = () => reveal(view);
  view.news = () => news(view);
  view.draw();
  const running = view.data.session.status === "in_progress";
  const wanted = findCall(view.data, query.get("call")) ?? calls(view.data).at(running ? -1 : 0);
  if (wanted) {
    view.select(wanted, false);
  }
  if (running) {
    watch(view);
  }
}

function layout(view) {
  const { head, charts: chartsPlace, lanes, detail: detailPlace } = view.parts;
  return el(
    "article",
    { class: "session", "aria-labelledby": "session-title" },
    head,
    el(
      "div",
      { class: "panes" },
      el("section", { class: "pane lanes-pane", "aria-label": "Timeline" }, chartsPlace, lanes),
      el("section", { class: "pane detail-pane", "aria-label": "Selected call" }, detailPlace),
    ),
  );
}

function draw(view, lanes) {
  view.drawHead();
  replace(view.parts.charts, charts(view));
  lanes.draw();
  mark(view);
}

/** Draws what has arrived; whoever has chosen nothing yet goes on to the newest call. */
function news(view) {
  view.draw();
  const last = calls(view.data).at(-1);
  const before = view.selected;
  const current = view.following && last ? last : before && findCall(view.data, keyOf(before.call));
  if (current && current.call !== before?.call) {
    view.select(current, false);
  }
}

function button(view, { call }) {
  return [...view.parts.lanes.querySelectorAll("[data-call]")].find((one) => one.dataset.call === call.trace_id);
}

function mark(view) {
  const { selected, parts } = view;
  for (const one of parts.lanes.querySelectorAll("[aria-current=true]")) {
    one.setAttribute("aria-current", "false");
  }
  if (selected) {
    button(view, selected)?.setAttribute("aria-current", "true");
  }
  const own = selected?.session.session_id === view.id;
  markColumn(parts.charts, own ? selected.call.step : NaN);
}

/** Where the panes stand below each other, whoever taps a call wants to see it. */
function reveal(view) {
  if (matchMedia("(max-width: 63.99rem)").matches) {
    view.parts.detail.closest(".pane").scrollIntoView({ block: "start" });
  } else {
    button(view, view.selected)?.scrollIntoView({ block: "nearest" });
  }
}

/** Selects a call. The address tells which one, without a new entry in the history. */
function select(view, panel, found, byUser) {
  const other = view.selected === null || keyOf(view.selected.call) !== keyOf(found.call);
  view.selected = found;
  mark(view);
  panel.show(found, other);
  if (byUser) {
    view.following = false;
    history.replaceState(history.state, "", links.session(view.id, found.call.trace_id));
    announce(`Step ${found.call.step}`);
  } else if (other) {
    button(view, found)?.scrollIntoView({ block: "nearest" });
  }
}
