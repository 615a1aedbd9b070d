// A bar for each attempt of a call.
import { el, shown } from "./dom.js";
import { duration, words } from "./format.js";
import { isUnderWay, present } from "./present.js";

/** Returns the bars of a call of a session, which is given with its calls. */
export function bars(call, part, scale) {
  return call.attempts.map((attempt, i) => {
    const begin = Date.parse(attempt.timestamp);
    const took = attempt.status === "in_progress" ? Math.max(0, present(part) - begin) : (attempt.duration_ms ?? 0);
    const bar = el("span", {
      class: `bar ${attempt.status}`,
      title: title(call, attempt, i),
      "data-begin": isUnderWay(attempt, part.session) ? begin : null,
    });
    scale.place(bar, begin, took);
    const first = i === call.attempts.length - 1 ? call.time_to_first_token_ms : undefined;
    if (first !== undefined && took > 0) {
      const waited = el("span", { class: "waited" });
      waited.style.width = `${Math.min(100, (first / took) * 100)}%`;
      bar.append(waited);
    }
    return bar;
  });
}

/** Lets the bars of what is under way reach the present. */
export function grow(element) {
  for (const bar of element.querySelectorAll(".bar[data-begin]")) {
    bar.style.setProperty("--took", String(Math.max(0, Date.now() - Number(bar.dataset.begin))));
  }
}

function title(call, attempt, i) {
  const lines = [`${words(attempt.status)}, ${duration(attempt.duration_ms)}`];
  if (call.attempts.length > 1) {
    lines.unshift(`Attempt ${i + 1} of ${call.attempts.length}`);
  }
  if (call.time_to_first_token_ms !== undefined && i === call.attempts.length - 1) {
    lines.push(`first token after ${duration(call.time_to_first_token_ms)}`);
  }
  if (attempt.error) {
    lines.push(shown(attempt.error));
  }
  return lines.join("\n");
}
