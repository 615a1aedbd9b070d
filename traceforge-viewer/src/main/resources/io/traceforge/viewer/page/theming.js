// The button for light or dark colours.

export function themeButton(button) {
  const preferred = matchMedia("(prefers-color-scheme: dark)");

  function dark() {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : preferred.matches;
  }

  function name() {
    button.textContent = dark() ? "Light" : "Dark";
    button.setAttribute("aria-label", dark() ? "Use light colours" : "Use dark colours");
  }

  button.addEventListener("click", () => {
    const theme = dark() ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    keep(theme);
    name();
  });
  preferred.addEventListener("change", name);
  name();
}

function keep(theme) {
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // The choice then holds until the page is left.
  }
}
