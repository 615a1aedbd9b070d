// A request's or response's body as it was recorded.
import { getJson, getText, paths } from "./api.js";
import { copyButton, toggle } from "./buttons.js";
import { el, replace } from "./dom.js";
import { fold } from "./fold.js";
import { bodySize } from "./format.js";

export async function body(found, which, signal) {
  const id = found.traceId;
  const raw = await getText(paths[which](id), signal);
  const answer = which === "response" ? await getText(paths.answer(id), signal) : raw;
  const { http } = await getJson(paths.trace(id), signal);
  const place = el("div");
  const draw = (text, json) => replace(place, fold(text, { json }));
  draw(answer, true);
  const names = answer === raw ? ["Indented", "As sent"] : ["Answer", "Events"];
  return [
    el(
      "div",
      { class: "raw-bar" },
      el("span", { class: "note" }, bodySize(http[`${which}_body`])),
      toggle("How to show it", names, (chosen) => (chosen === 0 ? draw(answer, true) : draw(raw, false))),
      copyButton("Copy", () => raw),
    ),
    place,
  ];
}
