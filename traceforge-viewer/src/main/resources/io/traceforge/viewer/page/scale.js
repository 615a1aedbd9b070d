// The scale of the timeline. The total stands once, in the style of the whole: when it grows,
// nothing but that changes, however many bars there are.
import { el, replace } from "./dom.js";
import { duration } from "./format.js";
import { span } from "./present.js";

const TICKS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 15e3, 3e4, 6e4, 12e4, 3e5, 6e5, 18e5, 36e5];
const MOST_TICKS = 5;

/** Times are milliseconds from a zero that stays, because a style's numbers hold no dates. */
export function scaleOf(element, ticks) {
  let zero = null;
  let shownTotal = null;
  return {
    /** Lets the width tell of all that was recorded. */
    show(data) {
      const { start, end } = span(data);
      if (!Number.isFinite(start)) {
        return;
      }
      zero ??= start;
      element.style.setProperty("--start", String(start - zero));
      element.style.setProperty("--total", String(end - start));
      if (shownTotal !== end - start) {
        shownTotal = end - start;
        replace(ticks, ticksOf(shownTotal).map(tick));
      }
    },
    /** Gives a bar its place. */
    place(bar, begin, took) {
      bar.style.setProperty("--from", String(begin - zero));
      bar.style.setProperty("--took", String(took));
    },
  };
}

function ticksOf(total) {
  const size = TICKS.find((one) => total / one <= MOST_TICKS) ?? total / (MOST_TICKS - 1);
  const ticks = [];
  for (let at = 0; at <= total * 0.94; at += size) {
    ticks.push({ at: (at / total) * 100, text: at === 0 ? "0" : duration(at).replace(/\.0+ s$/, " s") });
  }
  return ticks;
}

function tick({ at, text }) {
  const mark = el("span", {}, text);
  mark.style.left = `${at}%`;
  return mark;
}
