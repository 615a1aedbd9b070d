// Listens to a session that is running.
import { getJson, paths } from "./api.js";
import { announce } from "./dom.js";
import { calls, findCall, merge } from "./model.js";

/** How often what arrived is drawn, at most. */
const DRAW_MS = 250;

/** How often the bars of calls under way grow. */
const GROW_MS = 1000;

export function watch(view) {
  const events = new EventSource(paths.events(view.id));
  let timer = null;
  const growing = setInterval(() => isUnderWay(view) && view.draw(), GROW_MS);
  view.live = true;
  view.signal.addEventListener("abort", () => {
    events.close();
    clearTimeout(timer);
    clearInterval(growing);
  });

  function soon() {
    timer ??= setTimeout(async () => {
      timer = null;
      await bringChildren(view);
      if (!view.signal.aborted) {
        redraw(view);
      }
    }, DRAW_MS);
  }

  events.addEventListener("session", (event) => {
    Object.assign(view.data.session, JSON.parse(event.data));
    soon();
  });
  events.addEventListener("call", (event) => {
    merge(view.data, JSON.parse(event.data));
    soon();
  });
  events.addEventListener("end", () => {
    events.close();
    clearInterval(growing);
    view.live = false;
    announce(`The session has ended: ${view.data.session.status}`);
    soon();
  });
}

function isUnderWay(view) {
  return !document.hidden && view.data.timeline.some((call) => call.status === "in_progress");
}

/** Events tell of the session alone; sessions below it come with the whole timeline. */
async function bringChildren(view) {
  if (view.data.timeline.every((call) => call.children.length === 0) && view.live) {
    return;
  }
  const fresh = await getJson(paths.timeline(view.id), view.signal).catch(() => null);
  if (fresh !== null) {
    view.data = fresh;
  }
}

function redraw(view) {
  view.draw();
  const last = calls(view.data).at(-1);
  const current = view.following && last ? last : findCall(view.data, view.selected?.call.trace_id);
  if (current) {
    const changed = JSON.stringify(current.call) !== JSON.stringify(view.selected?.call);
    view.selected = current;
    if (changed) {
      view.select(current, false);
    }
  }
}
