// Shows the view that the address names, and another one when it changes.
import { announce, el, replace } from "./dom.js";
import { links } from "./api.js";
import { listen } from "./keys.js";
import { showSearch } from "./search.js";
import { showSession } from "./session.js";
import { showSessions } from "./sessions.js";

const main = document.getElementById("main");
const field = document.getElementById("find-text");
let leave = () => {};
let shownPath = null;

function address() {
  const [path, query] = location.hash.replace(/^#/, "").split("?", 2);
  return { path: path || "/", query: new URLSearchParams(query ?? "") };
}

function viewOf(path) {
  const session = /^\/sessions\/([^/]+)$/.exec(path);
  if (session) {
    return (place) => showSession(place, decodeURIComponent(session[1]));
  }
  return path === "/search" ? showSearch : showSessions;
}

async function show() {
  if (location.hash === "#main") {
    main.focus();
    return;
  }
  const { path, query } = address();
  leave();
  const left = new AbortController();
  leave = () => left.abort();
  const samePath = path === shownPath;
  shownPath = path;
  field.value = path === "/search" ? (query.get("q") ?? "") : field.value;
  document.body.dataset.view = path.startsWith("/sessions/") ? "session" : "list";
  try {
    await viewOf(path)({ main, query, signal: left.signal });
    if (!samePath && !left.signal.aborted) {
      scrollTo(0, 0);
      announce(document.title);
    }
  } catch (failure) {
    if (!left.signal.aborted) {
      tell(failure);
    }
  }
}

function tell(failure) {
  document.title = "TraceForge";
  replace(
    main,
    el(
      "div",
      { class: "empty", role: "alert" },
      el("h1", {}, failure.status === 404 ? "Not found" : "This did not work"),
      el("p", {}, failure.message),
      el("p", {}, el("a", { href: "#/" }, "All sessions")),
    ),
  );
}

function dark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function nameThemeButton() {
  const button = document.getElementById("theme");
  button.textContent = dark() ? "Light" : "Dark";
  button.setAttribute("aria-label", dark() ? "Use light colours" : "Use dark colours");
}

document.getElementById("theme").addEventListener("click", () => {
  const theme = dark() ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  localStorage.setItem("theme", theme);
  nameThemeButton();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", nameThemeButton);

document.getElementById("find").addEventListener("submit", (event) => {
  event.preventDefault();
  if (field.value.trim() !== "") {
    location.hash = links.search(field.value.trim());
    field.blur();
  }
});

addEventListener("hashchange", show);
listen(field);
nameThemeButton();
show();
