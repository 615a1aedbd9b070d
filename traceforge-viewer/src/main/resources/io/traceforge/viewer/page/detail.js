// What is to tell of one call, in tabs.
import { el, replace, shown } from "./dom.js";
import { count, duration, time, usd, words } from "./format.js";
import { facts } from "./facts.js";
import { messages } from "./messages.js";
import { body } from "./raw.js";

const TABS = [
  ["messages", "Messages", messages],
  ["request", "Request", (view, found) => body(found, "request")],
  ["response", "Response", (view, found) => body(found, "response")],
  ["call", "Call", facts],
];

/** Returns what shows a call in a place. */
export function detail(place, view, signal) {
  let tab = "messages";
  let shownFound = null;
  let asked = 0;
  const content = el("div", { class: "content", role: "tabpanel", id: "panel", tabindex: "0" });

  async function fill() {
    const mine = ++asked;
    const draw = TABS.find(([name]) => name === tab)[2];
    content.setAttribute("aria-labelledby", `tab-${tab}`);
    content.setAttribute("aria-busy", "true");
    try {
      const drawn = await draw(view, shownFound, signal);
      if (mine === asked) {
        replace(content, drawn);
      }
    } catch (failure) {
      if (mine === asked && !signal.aborted) {
        replace(content, el("p", { class: "note", role: "alert" }, failure.message));
      }
    }
    if (mine === asked) {
      content.setAttribute("aria-busy", "false");
    }
  }

  function draw() {
    const list = tabs(tab, (chosen) => {
      tab = chosen;
      draw();
      document.getElementById(`tab-${chosen}`).focus();
    });
    replace(place, head(shownFound.call), list, content);
    fill();
  }

  return {
    show(found) {
      shownFound = found;
      draw();
      content.scrollTop = 0;
    },
  };
}

function tabs(current, choose) {
  const names = TABS.map(([name]) => name);
  const list = el(
    "div",
    { class: "tabs", role: "tablist", "aria-label": "What to show of the call" },
    TABS.map(([name, label]) =>
      el(
        "button",
        {
          type: "button",
          role: "tab",
          id: `tab-${name}`,
          "aria-selected": String(name === current),
          "aria-controls": "panel",
          tabindex: name === current ? "0" : "-1",
          onclick: () => choose(name),
        },
        label,
      ),
    ),
  );
  list.addEventListener("keydown", (event) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by !== 0) {
      choose(names[(names.indexOf(current) + by + names.length) % names.length]);
    }
  });
  return list;
}

function head(call) {
  const figures = [
    time(call.timestamp),
    call.duration_ms === undefined ? "running" : duration(call.duration_ms),
    call.time_to_first_token_ms === undefined ? null : `first token ${duration(call.time_to_first_token_ms)}`,
    call.tokens_used === undefined ? null : `${count(call.tokens_used)} tokens`,
    call.cost_usd === undefined ? null : usd(call.cost_usd),
  ].filter(Boolean);
  return el(
    "header",
    { class: "detail-head" },
    el(
      "h2",
      {},
      `Step ${call.step} `,
      el("bdi", { class: "model" }, shown(call.model ?? call.endpoint)),
      el("span", { class: `status ${call.status}` }, words(call.status)),
    ),
    el("p", { class: "note figures-line" }, figures.join(" · ")),
    call.error && el("p", { class: "error-box" }, shown(call.error)),
  );
}
