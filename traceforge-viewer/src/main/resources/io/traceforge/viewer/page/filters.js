// The filters of the list. They stand in the address, so that a view can be shared.
import { links } from "./api.js";
import { el, shown } from "./dom.js";
import { time, words } from "./format.js";

const STATUSES = ["in_progress", "completed", "failed"];
const SPANS = [
  ["", "Any time"],
  ["3600", "Last hour"],
  ["86400", "Last day"],
  ["604800", "Last week"],
];

/** Returns whether a list shows less than all there is. */
export function isFiltered(query) {
  return query.size > 0;
}

export function filterBar(query) {
  const form = el(
    "form",
    { class: "filters", "aria-label": "Filters" },
    choice("status", "Status", STATUSES, query, words),
    choice("model", "Model", [], query, shown),
    choice("provider", "Provider", [], query, shown),
    since(query),
    el(
      "label",
      {},
      el("span", {}, "Text"),
      el("input", { name: "q", type: "search", value: query.get("q") ?? "", autocomplete: "off", "data-key": "q" }),
    ),
    [...query.keys()].some((name) => name !== "after") &&
      el("a", { class: "clear", href: "#/" }, "Clear filters"),
  );
  form.addEventListener("change", () => apply(form, query));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    apply(form, query);
  });
  return form;
}

/** Draws a place anew with other filters; what somebody is typing, and has not sent yet, stays there. */
export function keepingText(place, draw) {
  const field = document.activeElement;
  const typing = place.contains(field) && field.name === "q" && field.value !== field.defaultValue;
  const { value, selectionStart, selectionEnd } = field;
  draw();
  if (typing) {
    const next = place.querySelector(".filters [name=q]");
    next.value = value;
    next.setSelectionRange(selectionStart, selectionEnd);
  }
}

/** Puts in, sorted, what there is to choose from and not there yet; whoever has a list open keeps it. */
export function offer(form, { models, providers }) {
  for (const [name, values] of Object.entries({ model: models, provider: providers })) {
    const select = form.elements[name];
    const there = new Set([...select.options].map((option) => option.value));
    for (const value of values.filter((one) => !there.has(one))) {
      const next = [...select.options].find((option) => option.value > value);
      select.add(el("option", { value }, shown(value)), next ?? null);
    }
  }
}

function choice(name, label, values, query, text) {
  const chosen = query.get(name) ?? "";
  const all = chosen === "" || values.includes(chosen) ? values : [...values, chosen];
  return el(
    "label",
    {},
    el("span", {}, label),
    el(
      "select",
      { name, "data-key": name },
      el("option", { value: "" }, "Any"),
      all.map((value) => el("option", { value, selected: value === chosen }, text(value))),
    ),
  );
}

function since(query) {
  const from = query.get("from");
  const known = from !== null;
  return el(
    "label",
    {},
    el("span", {}, "Started"),
    el(
      "select",
      { name: "since", "data-key": "since" },
      SPANS.map(([value, text]) => el("option", { value }, text)),
      known && el("option", { value: "keep", selected: true }, `Since ${time(from)}`),
    ),
  );
}

/** What the address asks for beside the fields, such as an end of the time, stays. */
function apply(form, before) {
  const query = new URLSearchParams(before);
  query.delete("after");
  for (const name of ["status", "model", "provider", "q"]) {
    set(query, name, form.elements[name].value.trim());
  }
  const span = form.elements.since;
  if (span.value !== "keep") {
    set(query, "from", span.value && new Date(Date.now() - Number(span.value) * 1000).toISOString());
  }
  location.hash = links.sessions(query);
}

function set(query, name, value) {
  query.delete(name);
  if (value !== "") {
    query.set(name, value);
  }
}
