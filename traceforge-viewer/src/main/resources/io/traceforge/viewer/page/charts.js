// Tokens and cost by step.
import { el, svg } from "./dom.js";
import { count, usd } from "./format.js";
import { calls, steps } from "./model.js";

const HEIGHT = 100;

export function charts(view) {
  const all = steps(view.data.timeline).map(([step, stepCalls]) => ({
    step,
    first: stepCalls[0],
    input: sum(stepCalls, (call) => call.usage.input_tokens),
    output: sum(stepCalls, (call) => call.usage.output_tokens ?? rest(call)),
    cost: sum(stepCalls, (call) => call.cost_usd),
  }));
  if (all.length < 2) {
    return [];
  }
  const tokens = (step) => [
    { size: step.input, kind: "input" },
    { size: step.output, kind: "output" },
  ];
  return [
    chart(view, all, "Tokens by step", tokens, count, [["input", "in"], ["output", "out"]]),
    chart(view, all, "Cost by step", (step) => [{ size: step.cost, kind: "cost" }], usd, []),
  ].filter(Boolean);
}

function rest(call) {
  return call.usage.input_tokens === undefined ? call.usage.total_tokens : 0;
}

function sum(list, value) {
  return list.reduce((total, one) => total + (value(one) ?? 0), 0);
}

function chart(view, all, title, parts, text, legend) {
  const most = Math.max(...all.map((step) => sum(parts(step), (part) => part.size)));
  if (!(most > 0)) {
    return null;
  }
  const total = sum(all, (step) => sum(parts(step), (part) => part.size));
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
        viewBox: `0 0 ${all.length * 10} ${HEIGHT}`,
        preserveAspectRatio: "none",
        role: "img",
        "aria-label": `${title}: ${text(total)} in ${all.length} steps, ${text(most)} at most`,
      },
      all.map((step, i) => column(view, step, i, parts(step), most, text)),
    ),
  );
  figure.style.setProperty("--columns", String(all.length));
  return figure;
}

function column(view, step, i, parts, most, text) {
  const sizes = parts.map((part) => `${parts.length > 1 ? `${part.kind} ` : ""}${text(part.size)}`).join(", ");
  const group = svg(
    "g",
    { "data-step-index": step.step },
    svg("title", {}, `Step ${step.step}: ${sizes}`),
    svg("rect", { class: "back", x: i * 10, y: 0, width: 10, height: HEIGHT }),
  );
  let top = HEIGHT;
  for (const part of parts) {
    const height = (part.size / most) * (HEIGHT - 4);
    top -= height;
    group.append(svg("rect", { class: part.kind, x: i * 10 + 1, y: top, width: 8, height }));
  }
  group.addEventListener("click", () => {
    const found = calls(view.data).find(({ call }) => call.step === step.step);
    view.select(found, true);
  });
  return group;
}
