// One session: its figures and charts, the timeline, and what is to tell of the selected call.
import { getJson, links, paths } from "./api.js";
import { charts } from "./charts.js";
import { detail } from "./detail.js";
import { announce, el, replace, shown } from "./dom.js";
import { figures } from "./figures.js";
import { watch } from "./live.js";
import { calls, findCall } from "./model.js";
import { timeline } from "./timeline.js";

export async function showSession({ main, query, signal }, id) {
  const view = {
    id,
    signal,
    data: await getJson(paths.timeline(id), signal),
    selected: null,
    following: !query.has("call"),
    parts: { head: el("div"), charts: el("div", { class: "charts" }), lanes: el("div"), detail: el("div") },
  };
  document.title = `${shown(id)} – TraceForge`;
  replace(main, layout(view));
  const panel = detail(view.parts.detail, view, signal);
  view.select = (call, byUser) => select(view, panel, call, byUser);
  view.draw = () => draw(view);
  view.reveal = () => reveal(view);
  view.draw();
  const wanted = findCall(view.data, query.get("call"));
  const first = view.data.session.status === "in_progress" ? calls(view.data).at(-1) : calls(view.data)[0];
  if (wanted ?? first) {
    view.select(wanted ?? first, false);
  }
  if (view.data.session.status === "in_progress") {
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

function draw(view) {
  const focused = document.activeElement?.dataset?.call;
  replace(view.parts.head, figures(view));
  replace(view.parts.charts, charts(view));
  replace(view.parts.lanes, timeline(view));
  mark(view);
  if (focused !== undefined) {
    button(view, focused)?.focus({ preventScroll: true });
  }
}

function button(view, traceId) {
  return [...view.parts.lanes.querySelectorAll("[data-call]")].find((one) => one.dataset.call === traceId);
}

function mark(view) {
  for (const one of view.parts.lanes.querySelectorAll("[data-call]")) {
    const chosen = one.dataset.call === view.selected?.call.trace_id;
    one.setAttribute("aria-current", String(chosen));
  }
  for (const one of view.parts.charts.querySelectorAll("[data-step-index]")) {
    const chosen =
      view.selected?.session.session_id === view.id && one.dataset.stepIndex === String(view.selected.call.step);
    one.classList.toggle("chosen", chosen);
  }
}

/** Where the panes stand below each other, whoever taps a call wants to see it. */
function reveal(view) {
  if (matchMedia("(max-width: 63.99rem)").matches) {
    view.parts.detail.closest(".pane").scrollIntoView({ block: "start" });
  }
}

/** Selects a call. The address tells which one, without a new entry in the history. */
function select(view, panel, found, byUser) {
  view.selected = found;
  mark(view);
  panel.show(found);
  if (byUser) {
    view.following = false;
    history.replaceState(null, "", links.session(view.id, found.call.trace_id));
    announce(`Step ${found.call.step}`);
  } else if (view.following) {
    button(view, found.call.trace_id)?.scrollIntoView({ block: "nearest" });
  }
}
