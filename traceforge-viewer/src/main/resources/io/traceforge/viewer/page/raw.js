// A request's or response's body as it was recorded.
import { getText, paths } from "./api.js";
import { copyButton, el, replace } from "./dom.js";
import { fold } from "./fold.js";
import { bytes } from "./format.js";

export async function body(found, which) {
  const id = found.call.trace_id;
  const raw = await getText(paths[which](id));
  const answer = which === "response" ? await getText(paths.answer(id)) : raw;
  const place = el("div");
  const draw = (text, json) => replace(place, fold(text, { json }));
  draw(answer, true);
  const stream = answer !== raw;
  return [
    el(
      "div",
      { class: "raw-bar" },
      el("span", { class: "note" }, bytes(new Blob([raw]).size)),
      toggle(stream ? ["Answer", "Events"] : ["Indented", "As sent"], (second) => draw(second ? raw : answer, !second)),
      copyButton("Copy", () => raw),
    ),
    place,
  ];
}

function toggle(names, choose) {
  const buttons = names.map((name, i) =>
    el("button", { type: "button", "aria-pressed": String(i === 0), onclick: () => press(i) }, name),
  );
  function press(chosen) {
    buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(i === chosen)));
    choose(chosen === 1);
  }
  return el("span", { class: "toggle", role: "group", "aria-label": "How to show it" }, buttons);
}
