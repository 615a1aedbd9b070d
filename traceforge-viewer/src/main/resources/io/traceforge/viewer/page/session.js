// One session: its figures and charts, the timeline, and what is to tell of the selected call.
import { getTimeline, links } from "./api.js";
import { charts, markColumn } from "./charts.js";
import { detail } from "./detail.js";
import { announce, el, replace, shown } from "./dom.js";
import { figures } from "./figures.js";
import { watch } from "./live.js";
import { calls, finalDiff, findCall, keyOf } from "./model.js";
import { isUnderWay } from "./present.js";
import { timeline } from "./timeline.js";

/** How soon the address tells of a choice: browsers refuse it to those who change it all the time. */
const ADDRESS_MS = 200;

export async function showSession({ main, query, signal }, id) {
  const view = {
    id,
    signal,
    data: await getTimeline(id, signal),
    selected: null,
    told: [],
    following: !query.has("call"),
    parts: { detail: el("div") },
  };
  document.title = `${shown(id)} – TraceForge`;
  const drawn = { head: figures(view), charts: charts(view), lanes: timeline(view) };
  for (const [name, { element }] of Object.entries(drawn)) {
    view.parts[name] = element;
  }
  replace(main, layout(view));
  const panel = detail(view.parts.detail, view, signal);
  stayWithWhoReads(view);
  view.show = (call) => show(view, panel, call);
  view.select = (call) => select(view, call);
  view.drawHead = drawn.head.draw;
  view.draw = () => draw(view, drawn);
  view.grow = drawn.lanes.grow;
  view.reveal = () => reveal(view);
  view.news = () => news(view);
  view.draw();
  const running = view.data.session.status === "in_progress";
  const wanted = findCall(view.data, query.get("call")) ?? calls(view.data).at(running ? -1 : 0);
  if (wanted) {
    view.show(wanted);
    button(view, wanted)?.scrollIntoView({ block: "nearest" });
  }
  signal.addEventListener("abort", () => clearTimeout(view.writing));
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

function draw(view, drawn) {
  drawn.head.draw();
  drawn.charts.draw();
  drawn.lanes.draw();
  mark(view);
}

/** Whoever uses what is told of a call is not taken away from it. */
function stayWithWhoReads(view) {
  for (const kind of ["click", "keydown", "focusin"]) {
    view.parts.detail.addEventListener(kind, ({ target }) => {
      view.following &&= target.closest("[role=tablist]") !== null;
    });
  }
}

function isReading(view) {
  const selection = getSelection();
  return !selection.isCollapsed && selection.containsNode(view.parts.detail, true);
}

/** Draws what has arrived; whoever has chosen nothing and reads nothing yet goes on to the newest call. */
function news(view) {
  const before = view.selected;
  const goesAlong = before === null || isInSight(view, before);
  view.following &&= !isReading(view);
  view.draw();
  const last = calls(view.data).at(-1);
  const current = view.following && last ? last : before && findCall(view.data, keyOf(before.call));
  if (current && hasNews(view, current)) {
    view.show(current);
    if (goesAlong && !isSame(current, before)) {
      button(view, current)?.scrollIntoView({ block: "nearest" });
    }
  }
}

/** Returns all that the panel tells of a call and that may change. */
function toldOf({ data }, found) {
  return [found.call, isUnderWay(found.call, found.session), finalDiff(data, found)];
}

function hasNews(view, found) {
  return toldOf(view, found).some((one, i) => one !== view.told[i]);
}

function isSame(one, other) {
  return other !== null && keyOf(one.call) === keyOf(other.call);
}

/** Returns whether any of a call's row can be seen, in its pane and in the window. */
function isInSight(view, call) {
  const row = button(view, call)?.getBoundingClientRect();
  const pane = view.parts.lanes.closest(".pane").getBoundingClientRect();
  return row !== undefined && row.bottom > Math.max(0, pane.top) && row.top < Math.min(innerHeight, pane.bottom);
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

function show(view, panel, found) {
  const other = !isSame(found, view.selected);
  view.selected = found;
  view.told = toldOf(view, found);
  mark(view);
  panel.show(found, other);
}

/** The address tells which call is shown, without a new entry in the history. */
function write({ id, selected }) {
  history.replaceState(history.state, "", links.session(id, selected.call.trace_id));
}

/** Shows the call that somebody has chosen. */
function select(view, found) {
  view.following = false;
  view.show(found);
  clearTimeout(view.writing);
  view.writing = setTimeout(() => write(view), ADDRESS_MS);
  announce(`Step ${found.call.step}`);
}
