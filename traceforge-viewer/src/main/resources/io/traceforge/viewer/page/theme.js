// Loaded before anything is drawn, so that nothing flashes in the other colours.
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") {
    document.documentElement.dataset.theme = chosen;
  }
} catch {
  // A browser that keeps nothing for a page has not kept this either.
}
