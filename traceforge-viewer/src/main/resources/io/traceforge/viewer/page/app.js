// Shows the view that the address names, and another one when it changes.
import { announce, el, replace } from "./dom.js";
import { links, Problem } from "./api.js";
import { listen } from "./keys.js";
import { showSearch } from "./search.js";
import { showSession } from "./session.js";
import { showSessions } from "./sessions.js";
import { themeButton } from "./theming.js";

/** How soon a view is asked for again that may be there by then. */
const AGAIN_MS = 3000;

/** What passes: no answer at all, a storage that cannot be read just now, too many who ask. */
const PASSING = new Set([0, 500, 503]);

const main = document.getElementById("main");
const field = document.getElementById("find-text");
let leave = () => {};
let shownPath = null;
let told = null;

function address() {
  const [path, query] = location.hash.replace(/^#/, "").split("?", 2);
  return { path: path.startsWith("/") ? path : "/", query: new URLSearchParams(query ?? "") };
}

/** Returns the session that a path names, or undefined; "." and ".." cannot be asked for. */
function sessionIn(path) {
  const segment = /^\/sessions\/([^/]+)$/.exec(path)?.[1];
  try {
    const id = decodeURIComponent(segment ?? ".");
    return id === "." || id === ".." ? undefined : id;
  } catch {
    return undefined; // what is after a percent sign is no code
  }
}

function viewOf(path) {
  const session = sessionIn(path);
  if (session !== undefined) {
    return (place) => showSession(place, session);
  }
  const view = { "/": showSessions, "/search": showSearch }[path];
  if (view === undefined) {
    throw new Problem(404, "There is no such page.");
  }
  return view;
}

async function show() {
  leave();
  const left = new AbortController();
  leave = () => left.abort();
  const { path, query } = address();
  field.value = path === "/search" ? (query.get("q") ?? "") : field.value;
  main.setAttribute("aria-busy", "true");
  try {
    await viewOf(path)({ main, query, signal: left.signal });
    told = null;
    arrive(path);
  } catch (failure) {
    if (!left.signal.aborted) {
      tell(failure, path, left.signal);
    }
  }
  if (!left.signal.aborted) {
    main.setAttribute("aria-busy", "false");
  }
}

/** Whoever comes back finds the place where he was; the focus does not get lost with what it was on. */
function arrive(path) {
  const other = path !== shownPath;
  const first = shownPath === null;
  shownPath = path;
  scrollTo(0, history.state?.scroll ?? 0);
  if (other) {
    announce(document.title);
  }
  if (!first && document.activeElement === document.body) {
    main.focus({ preventScroll: true });
  }
}

function tell(failure, path, signal) {
  const mayCome = sessionIn(path) !== undefined && failure.status === 404;
  const again = mayCome || PASSING.has(failure.status);
  if (again) {
    const timer = setTimeout(show, AGAIN_MS);
    signal.addEventListener("abort", () => clearTimeout(timer));
  }
  shownPath = path;
  if (told === failure.message) {
    return; // once is enough, for those to whom it is read too
  }
  told = failure.message;
  document.title = "TraceForge";
  replace(
    main,
    el(
      "div",
      { class: "empty", role: "alert" },
      el("h1", {}, failure.status === 404 ? "Not found" : "This did not work"),
      el("p", {}, failure.message),
      again && el("p", { class: "note" }, "If that changes, this page will show it by itself."),
      el("p", {}, el("a", { href: "#/" }, "All sessions")),
    ),
  );
}

/** Before somebody goes elsewhere, the entry in the history learns where he was. */
function rememberScroll() {
  history.replaceState({ scroll: scrollY }, "");
}

document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address names a view, not a place within one
  main.focus();
});

document.getElementById("find").addEventListener("submit", (event) => {
  event.preventDefault();
  if (field.value.trim() !== "") {
    location.hash = links.search(field.value.trim());
    field.blur();
  }
});

history.scrollRestoration = "manual";
addEventListener("click", rememberScroll, { capture: true });
addEventListener("hashchange", show);
listen(field);
themeButton(document.getElementById("theme"));
show();
