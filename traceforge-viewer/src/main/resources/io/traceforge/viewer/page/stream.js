// A stream of events that is there while somebody looks, and comes again when it has broken off.
import { parseTimeline } from "./exact.js";

/** How soon a stream that broke off is asked for again. */
const AGAIN_MS = 3000;

/**
 * Listens until the signal, or what this returns, ends it. `become` hears "live" and "lost". When a
 * stream is lost, which says nothing of the reason, `ask` asks for one: it returns whether there is
 * any use in trying again. A browser keeps few connections to one server: a page that nobody sees
 * needs none.
 */
export function listenTo(path, listeners, become, ask, signal) {
  let events = null;
  let timer = null;
  const over = new AbortController();

  function listen() {
    if (events !== null || document.hidden || over.signal.aborted) {
      return;
    }
    events = new EventSource(path);
    events.addEventListener("open", () => become("live"));
    events.addEventListener("error", lost);
    for (const [name, listener] of Object.entries(listeners)) {
      events.addEventListener(name, (event) => listener(parseTimeline(event.data)));
    }
  }

  async function lost() {
    stop();
    become("lost");
    const useful = await ask();
    clearTimeout(timer);
    if (!useful) {
      over.abort();
    } else if (!over.signal.aborted) {
      timer = setTimeout(listen, AGAIN_MS);
    }
  }

  function stop() {
    events?.close();
    events = null;
    clearTimeout(timer);
  }

  const seen = () => (document.hidden ? stop() : listen());
  document.addEventListener("visibilitychange", seen, { signal: over.signal });
  over.signal.addEventListener("abort", stop);
  signal.addEventListener("abort", () => over.abort());
  listen();
  return () => over.abort();
}
