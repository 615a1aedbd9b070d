// The keyboard: "/" searches, up and down go through what is listed.

export function listen(field) {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === "Escape" && document.activeElement === field) {
      field.blur();
    } else if (event.key === "/" && !isTyping(event.target)) {
      event.preventDefault();
      field.focus();
      field.select();
    } else if (!isTyping(event.target)) {
      move(event);
    }
  });
}

function isTyping(target) {
  return target instanceof Element && target.closest("input, select, textarea, [role=tablist]") !== null;
}

/** Arrows scroll where there is something to read; letters go through steps from there too. */
function by(event) {
  const reads = event.target instanceof Element && event.target.closest("[role=tabpanel]") !== null;
  const keys = reads ? { j: 1, k: -1 } : { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };
  return keys[event.key] ?? 0;
}

/** Goes to the next of those elements that say they are gone through. */
function move(event) {
  const far = by(event);
  const all = far === 0 ? [] : [...document.querySelectorAll("[data-step]")];
  if (all.length === 0) {
    return;
  }
  event.preventDefault();
  const current = all.indexOf(document.activeElement);
  const from = current >= 0 ? current : all.findIndex((one) => one.getAttribute("aria-current") === "true");
  const next = all[Math.min(all.length - 1, Math.max(0, from + far))];
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  next.dispatchEvent(new CustomEvent("reached", { bubbles: true }));
}
