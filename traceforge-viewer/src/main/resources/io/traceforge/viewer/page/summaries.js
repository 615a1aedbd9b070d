// Asks for the summaries of those rows that are in sight, a few at a time.
import { getJson, paths } from "./api.js";

const AT_ONCE = 4;
const known = new Map();
const MOST_KNOWN = 2000;

export function summaries(signal) {
  const waiting = new Map();
  let busy = 0;

  function next() {
    while (busy < AT_ONCE && waiting.size > 0 && !signal.aborted) {
      const [row, { key, session, show }] = waiting.entries().next().value;
      waiting.delete(row);
      if (row.isConnected) {
        ask(key, session, show);
      } // or it was replaced while it waited, and needs no answer
    }
  }

  function ask(key, session, show) {
    busy++;
    getJson(paths.summary(session.session_id), signal)
      .then((summary) => remember(key, summary, show))
      .catch(() => {})
      .finally(() => {
        busy--;
        next();
      });
  }

  const rows = new WeakMap();
  const sight = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const wanted = rows.get(entry.target);
      if (entry.isIntersecting && wanted) {
        rows.delete(entry.target);
        waiting.set(entry.target, wanted);
      }
      if (entry.isIntersecting || !entry.target.isConnected) {
        sight.unobserve(entry.target);
      }
    }
    next();
  });
  signal.addEventListener("abort", () => sight.disconnect());

  return (row, session, show) => {
    const key = JSON.stringify(session);
    if (known.has(key)) {
      show(known.get(key));
      return;
    }
    rows.set(row, { key, session, show });
    sight.observe(row);
  };
}

function remember(key, summary, show) {
  if (known.size >= MOST_KNOWN) {
    known.delete(known.keys().next().value);
  }
  known.set(key, summary);
  show(summary);
}
