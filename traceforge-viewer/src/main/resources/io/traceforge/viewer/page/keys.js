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
  return target instanceof HTMLElement && target.closest("input, select, textarea, [role=tablist]") !== null;
}

function step(key) {
  return key === "ArrowDown" || key === "j" ? 1 : key === "ArrowUp" || key === "k" ? -1 : 0;
}

/** Goes to the next of those elements that say they are gone through. */
function move(event) {
  const by = step(event.key);
  const all = [...document.querySelectorAll("[data-step]")].filter((one) => one.offsetParent !== null);
  if (by === 0 || all.length === 0) {
    return;
  }
  event.preventDefault();
  const current = all.findIndex((one) => one === document.activeElement);
  const marked = all.findIndex((one) => one.getAttribute("aria-current") === "true");
  const from = current >= 0 ? current : marked;
  const next = all[Math.min(all.length - 1, Math.max(0, from + by))];
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  next.dispatchEvent(new CustomEvent("reached", { bubbles: true }));
}
