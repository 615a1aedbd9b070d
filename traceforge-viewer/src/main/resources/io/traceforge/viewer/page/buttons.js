// Buttons that do what takes a while, or can fail.
import { announce, el } from "./dom.js";

const COPIED_MS = 1500;

/** A button that is not pressed twice at once, and says what went wrong. */
export function actionButton(label, classes, work) {
  const button = el("button", { type: "button", class: classes }, label);
  button.addEventListener("click", async () => {
    if (button.ariaBusy === "true") {
      return;
    }
    button.ariaBusy = "true";
    button.textContent = label;
    try {
      await work(button);
    } catch (failure) {
      if (failure.name !== "AbortError") {
        button.textContent = `${label}: ${failure.message}`;
        announce(failure.message);
      }
    } finally {
      button.ariaBusy = "false";
    }
  });
  return button;
}

/** `text` returns what to copy, or a promise of it. */
export function copyButton(label, text) {
  return actionButton(label, "quiet copy", async (button) => {
    await copy(await text(), button);
    button.textContent = "Copied";
    announce("Copied");
    setTimeout(() => (button.textContent = label), COPIED_MS);
  });
}

/** Beyond this machine the page is no secure context, and has no clipboard of the new kind. */
async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copySelected(text, button);
  }
}

function copySelected(text, button) {
  const field = el("textarea", { class: "hidden", readonly: true });
  field.value = text;
  button.after(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  button.focus({ preventScroll: true });
  if (!done) {
    throw new Error("the browser does not allow it");
  }
}

/** Two ways to see something, or more; the one that is shown is pressed. */
export function toggle(label, names, choose, first = 0) {
  const buttons = names.map((name, i) =>
    el("button", { type: "button", "aria-pressed": String(i === first), onclick: () => press(i) }, name),
  );
  function press(chosen) {
    buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(i === chosen)));
    choose(chosen);
  }
  return el("span", { class: "toggle", role: "group", "aria-label": label }, buttons);
}
