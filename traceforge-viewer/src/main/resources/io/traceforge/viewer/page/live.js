// Follows a session that is running.
import { getJson, getTimeline, paths } from "./api.js";
import { announce } from "./dom.js";
import { words } from "./format.js";
import { merge, mergeUntold } from "./model.js";
import { anythingUnderWay } from "./present.js";
import { listenTo } from "./stream.js";
import { atMostEvery } from "./timing.js";

/** How often what arrived is drawn, at most. */
const DRAW_MS = 250;

/** How often the bars of calls under way grow. */
const GROW_MS = 1000;

/** How often sessions below are looked for, at most; events tell of the session alone. */
const BELOW_MS = 2000;

/** So many times as long as a look took, no other one follows. */
const PATIENCE = 10;

export function watch(view) {
  const arrived = [];
  const soon = atMostEvery(DRAW_MS, view.signal, () => {
    merge(view.data, arrived.splice(0));
    view.news();
  });
  const lookBelow = below(view, soon);
  const growing = setInterval(() => grows(view) && view.grow(), GROW_MS);
  view.signal.addEventListener("abort", () => clearInterval(growing));

  const stop = listenTo(
    paths.events(view.id),
    {
      session(session) {
        view.data.session = session;
        soon();
      },
      call(call) {
        arrived.push(call);
        soon();
      },
      end() {
        stop();
        clearInterval(growing);
        view.live = null;
        announce(`The session has ended: ${words(view.data.session.status)}`);
        soon();
        lookBelow();
      },
    },
    (live) => become(view, live, live === "lost" ? (view.lost ?? "The connection broke off") : undefined),
    () => ask(view),
    view.signal,
  );
}

/** `lost` is what to say while no more events come. */
function become(view, live, lost) {
  if (view.live === "lost" && live === "live") {
    announce("Live again");
  }
  view.live = live;
  view.lost = lost;
  view.drawHead();
}

/** Says why no more events come, as far as the viewer tells; returns whether any may come yet. */
async function ask(view) {
  const problem = await getJson(paths.session(view.id), view.signal).then(() => null, (failure) => failure);
  if (view.signal.aborted || view.live !== "lost") {
    return true; // nobody waits for the reason any more
  }
  const mayCome = problem?.status !== 404;
  const text = mayCome ? `${reason(problem)}; trying again` : problem.message;
  if (text !== view.lost) {
    announce(text);
    become(view, "lost", text);
  }
  return mayCome;
}

function reason(problem) {
  if (problem === null) {
    return "Not live";
  }
  return problem.status === 0 ? "The viewer does not answer" : problem.message;
}

function grows(view) {
  return !document.hidden && view.live === "live" && anythingUnderWay(view.data);
}

/** Looks for sessions below again and again while the session is live; returns what looks once more. */
function below(view, soon) {
  let timer = setTimeout(goOn, BELOW_MS);
  let looks = 0;
  view.signal.addEventListener("abort", () => clearTimeout(timer));

  /** Of two answers that are under way only the later one counts. */
  async function look() {
    const mine = ++looks;
    const fresh = await getTimeline(view.id, view.signal).catch(() => null);
    if (fresh !== null && mine === looks && mergeUntold(view.data, fresh)) {
      soon();
    }
  }

  async function goOn() {
    const began = performance.now();
    if (view.live === "live" && !document.hidden) {
      await look();
    }
    if (view.live !== null && !view.signal.aborted) {
      timer = setTimeout(goOn, Math.max(BELOW_MS, PATIENCE * (performance.now() - began)));
    }
  }

  return look;
}
