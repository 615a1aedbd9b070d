// Tokens and cost by step.
import { el, replace, svg } from "./dom.js";
import { count, usd } from "./format.js";
import { calls, steps } from "./model.js";

const HEIGHT = 100;

/** More columns than this nobody could tell apart: neighbours share one then. */
const MOST_COLUMNS = 240;

/** Returns the charts' element, and what draws in it when there are other numbers. */
export function charts(view) {
  const element = el("div", { class: "charts" });
  let drawn = null;
  return {
    element,
    draw() {
      const all = numbers(view.data);
      const now = JSON.stringify(all);
      if (now !== drawn) {
        drawn = now;
        replace(element, all.length < 2 ? [] : both(view, all));
      }
    },
  };
}

function numbers(data) {
  return steps(data.timeline).map(([step, stepCalls]) => ({
    step,
    input: sum(stepCalls, (call) => call.usage.input_tokens),
    output: sum(stepCalls, (call) => call.usage.output_tokens ?? rest(call)),
    cost: sum(
      stepCalls.flatMap((call) => call.attempts),
      (attempt) => attempt.cost_usd,
    ),
  }));
}

function both(view, all) {
  const tokens = (step) => [
    { size: step.input, kind: "input" },
    { size: step.output, kind: "output" },
  ];
  return [
    chart(view, all, "Tokens by step", tokens, count, [["input", "in"], ["output", "out"]]),
    chart(view, all, "Cost by step", (step) => [{ size: step.cost, kind: "cost" }], usd, []),
  ];
}

function rest(call) {
  return call.usage.input_tokens === undefined ? call.usage.total_tokens : undefined;
}

/** Returns the sum of what is known; if nothing is, that is not nothing. */
function sum(list, value) {
  const known = list.map(value).filter((one) => one !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, one) => total + one, 0);
}

function chart(view, all, title, parts, text, legend) {
  const size = (step) => sum(parts(step), (part) => part.size) ?? 0;
  const most = all.reduce((max, step) => Math.max(max, size(step)), 0);
  if (most === 0) {
    return null;
  }
  const total = sum(all, size);
  const columns = columnsOf(all, size);
  const figure = el(
    "figure",
    { class: "chart" },
    el(
      "figcaption",
      {},
      el("span", { class: "chart-title" }, title),
      legend.map(([kind, name]) => el("span", { class: `key ${kind}` }, name)),
      el("span", { class: "most" }, `most ${text(most)}`),
    ),
    svg(
      "svg",
      {
        viewBox: `0 0 ${columns.length * 10} ${HEIGHT}`,
        preserveAspectRatio: "none",
        role: "img",
        "aria-label": `${title}: ${text(total)} in ${all.length} steps, ${text(most)} at most`,
      },
      columns.map((column, i) => drawn(view, column, i, parts(column.highest), most, text)),
    ),
  );
  figure.style.setProperty("--columns", String(columns.length));
  return figure;
}

/** Neighbours that share a column are shown by the highest of them. */
function columnsOf(all, size) {
  const width = Math.ceil(all.length / MOST_COLUMNS);
  const columns = [];
  for (let i = 0; i < all.length; i += width) {
    const shared = all.slice(i, i + width);
    const highest = shared.reduce((high, step) => (size(step) > size(high) ? step : high));
    columns.push({ highest, first: shared[0].step, last: shared.at(-1).step });
  }
  return columns;
}

function drawn(view, { highest, first, last }, i, parts, most, text) {
  const sizes = parts.map((part) => `${parts.length > 1 ? `${part.kind} ` : ""}${text(part.size)}`).join(", ");
  const of = first === last ? "" : `, the most of steps ${first} to ${last}`;
  const group = svg(
    "g",
    { "data-first": first, "data-last": last },
    svg("title", {}, `Step ${highest.step}${of}: ${sizes}`),
    svg("rect", { class: "back", x: i * 10, y: 0, width: 10, height: HEIGHT }),
  );
  let top = HEIGHT;
  for (const part of parts) {
    const height = ((part.size ?? 0) / most) * (HEIGHT - 4);
    top -= height;
    group.append(svg("rect", { class: part.kind, x: i * 10 + 1, y: top, width: 8, height }));
  }
  group.addEventListener("click", () => {
    view.select(calls(view.data).find(({ call }) => call.step === highest.step));
    view.reveal();
  });
  return group;
}

/** Marks the column in which a step is; none if it is no number. */
export function markColumn(place, step) {
  for (const one of place.querySelectorAll("g")) {
    one.classList.toggle("chosen", Number(one.dataset.first) <= step && step <= Number(one.dataset.last));
  }
}
