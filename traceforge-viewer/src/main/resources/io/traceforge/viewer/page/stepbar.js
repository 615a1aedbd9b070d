// A session's steps in one small bar: as wide as they took long, in the colour of their end.
import { el } from "./dom.js";
import { plural } from "./format.js";

const MOST = 40;

/** More steps stand without space between them. */
const WIDE = 16;

const WORST_FIRST = ["error", "in_progress", "cancelled", "success"];

export function stepBar(steps) {
  const failed = steps.filter((step) => step.status === "error").length;
  const name = `${plural(steps.length, "step")}${failed ? `, ${failed} with errors` : ""}`;
  const close = steps.length > WIDE ? "close" : "";
  const bar = el("span", { class: `step-bar ${close}`, role: "img", "aria-label": name, title: name });
  for (const step of joined(steps)) {
    const part = el("span", { class: step.status });
    part.style.flexGrow = String(Math.max(1, step.duration_ms));
    bar.append(part);
  }
  return bar;
}

/** Neighbours of many steps share a part; it is as bad as the worst of them. */
function joined(steps) {
  const size = Math.ceil(steps.length / MOST);
  const parts = [];
  for (let i = 0; i < steps.length; i += size) {
    const some = steps.slice(i, i + size);
    parts.push({
      duration_ms: some.reduce((sum, step) => sum + step.duration_ms, 0),
      status: WORST_FIRST.find((status) => some.some((step) => step.status === status)),
    });
  }
  return parts;
}
