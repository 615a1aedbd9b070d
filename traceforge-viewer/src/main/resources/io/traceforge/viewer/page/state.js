// The session's state, with what a step changed in it.
import { el, shown } from "./dom.js";

/** `later` is what changed after the session's last call. */
export function state(snapshot, diff, later) {
  const names = Object.keys(snapshot ?? {});
  const changes = changesOf(diff);
  const atTheEnd = changesOf(later);
  if (names.length === 0 && changes.length === 0 && atTheEnd.length === 0) {
    return null;
  }
  return el(
    "section",
    { class: "state", "aria-labelledby": "state-title" },
    el("h3", { id: "state-title" }, "State"),
    changes.length > 0 ? el("ul", { class: "changes" }, changes) : el("p", { class: "note" }, "Nothing changed at this step."),
    atTheEnd.length > 0 && [el("h4", {}, "After the last call"), el("ul", { class: "changes" }, atTheEnd)],
    names.length > 0 &&
      el(
        "details",
        {},
        el("summary", {}, "Whole state"),
        el("pre", { class: "text code", dir: "auto" }, shown(JSON.stringify(snapshot, null, 2))),
      ),
  );
}

function changesOf(diff) {
  if (diff === undefined) {
    return [];
  }
  return [
    ...Object.entries(diff.added).map(([path, value]) => change("added", path, [["after", value]])),
    ...Object.entries(diff.changed).map(([path, { before, after }]) =>
      change("changed", path, [["before", before], ["after", after]]),
    ),
    ...Object.entries(diff.removed).map(([path, value]) => change("removed", path, [["before", value]])),
  ];
}

function change(kind, path, values) {
  return el(
    "li",
    { class: kind },
    el("span", { class: "kind" }, kind),
    el("code", { class: "path" }, el("bdi", {}, shown(pointed(path)))),
    values.map(([name, value]) => el(name === "before" ? "del" : "ins", {}, el("bdi", {}, brief(value)))),
  );
}

function brief(value) {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return shown(text.length > 400 ? `${text.slice(0, 400)}…` : text);
}

/** A JSON pointer, as people write it. */
function pointed(path) {
  return path
    .split("/")
    .slice(1)
    .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"))
    .join(".");
}
