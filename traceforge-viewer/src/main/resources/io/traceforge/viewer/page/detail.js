// What is to tell of one call, in tabs.
import { toggle } from "./buttons.js";
import { el, replace, shown } from "./dom.js";
import { count, duration, NONE, time, took, words } from "./format.js";
import { facts } from "./facts.js";
import { messages } from "./messages.js";
import { costOf, costText } from "./money.js";
import { body } from "./raw.js";
import { tabs } from "./tabs.js";

const TABS = [
  ["messages", "Messages", messages],
  ["request", "Request", (view, found, signal) => body(found, "request", signal)],
  ["response", "Response", (view, found, signal) => body(found, "response", signal)],
  ["call", "Call", facts],
];

/** Returns what shows a call in a place. */
export function detail(place, view, signal) {
  let draw = messages;
  let found = null;
  let leave = () => {};
  const top = el("div");
  const content = el("div", { class: "content", role: "tabpanel", id: "panel", tabindex: "0" });
  const list = tabs("What to show of the call", TABS, content, (chosen) => {
    draw = chosen;
    fill();
  });

  /** What was asked for a call that is not shown any more is asked for no longer. */
  async function fill() {
    leave();
    const left = new AbortController();
    leave = () => left.abort();
    content.setAttribute("aria-busy", "true");
    const both = AbortSignal.any([signal, left.signal]);
    try {
      const drawn = await draw(view, found, both);
      if (!both.aborted) {
        replace(content, drawn);
      }
    } catch (failure) {
      if (!both.aborted) {
        replace(content, failed(failure));
      }
    }
    if (!both.aborted) {
      content.setAttribute("aria-busy", "false");
    }
  }

  function failed(failure) {
    const again = el("button", { type: "button", onclick: fill }, "Try again");
    return el("p", { class: "note unanswered", role: "alert" }, failure.message, failure.status === 404 ? null : again);
  }

  function ofAttempt(call, i) {
    found = { ...found, traceId: call.attempts[i].trace_id };
  }

  function attempts(call) {
    const names = call.attempts.map((attempt, i) => `Attempt ${i + 1}: ${words(attempt.status)}`);
    const choose = (i) => {
      ofAttempt(call, i);
      fill();
    };
    return toggle("Which attempt to show", names, choose, names.length - 1);
  }

  return {
    /** Shows a call; `other` if it is another one than before, not the same with news. */
    show({ call, session }, other) {
      found = { call, session };
      ofAttempt(call, call.attempts.length - 1);
      replace(top, head(call, session), call.attempts.length > 1 && el("p", { class: "attempts" }, attempts(call)));
      if (place.childElementCount === 0) {
        replace(place, top, list, content);
      }
      if (other) {
        place.parentElement.scrollTop = 0;
      }
      fill();
    },
  };
}

function head(call, session) {
  const cost = costText(costOf([call]));
  const figures = [
    time(call.timestamp),
    took(call, session),
    call.time_to_first_token_ms === undefined ? null : `first token ${duration(call.time_to_first_token_ms)}`,
    call.tokens_used === undefined ? null : `${count(call.tokens_used)} tokens`,
    cost === NONE ? null : cost,
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
    el("p", { class: "note figures-line", title: call.timestamp }, figures.join(" · ")),
    call.error && el("p", { class: "error-box" }, shown(call.error)),
  );
}
