// Tabs: one of them is chosen, and its panel shows what it stands for.
import { el } from "./dom.js";

/** Each of `all` is a name, a label and what is handed over when it is chosen; the first one is. */
export function tabs(label, all, panel, choose) {
  const buttons = all.map(([name, text], i) =>
    el(
      "button",
      { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": panel.id, onclick: () => press(i) },
      text,
    ),
  );

  function show(chosen) {
    buttons.forEach((button, i) => {
      button.setAttribute("aria-selected", String(i === chosen));
      button.tabIndex = i === chosen ? 0 : -1;
    });
    panel.setAttribute("aria-labelledby", buttons[chosen].id);
  }

  function press(chosen) {
    show(chosen);
    buttons[chosen].focus();
    choose(all[chosen][2]);
  }

  const list = el("div", { class: "tabs", role: "tablist", "aria-label": label }, buttons);
  list.addEventListener("keydown", (event) => {
    const current = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      press((to + buttons.length) % buttons.length);
    }
  });
  show(0);
  return list;
}
