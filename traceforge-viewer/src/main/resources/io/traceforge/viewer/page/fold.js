// Long texts show their beginning. Even one of many megabytes is never laid out at once.
import { actionButton, copyButton } from "./buttons.js";
import { announce, el, shown } from "./dom.js";
import { count } from "./format.js";
import { indented } from "./indent.js";

const SHORT = 1500;
const LINES = 24;
const PIECE = 100_000;
const MOST_INDENTED = 1_000_000;

/** `json` texts are indented; `whole` brings the text if only its beginning is here. */
export function fold(text, { json = false, length = text.length, whole = null } = {}) {
  const ready = json && whole === null ? readable(text) : text;
  const first = beginning(ready);
  const block = el("pre", { class: json ? "text code" : "text", dir: "auto" }, shown(first));
  const holder = el("div", { class: "fold" }, block);
  if (first.length < ready.length || whole !== null) {
    holder.append(more(block, ready, first.length, length, whole));
  }
  return holder;
}

function readable(text) {
  return text.length > MOST_INDENTED || !/^\s*[[{]/.test(text) ? text : indented(text);
}

function beginning(text) {
  if (text.length <= SHORT && text.split("\n", LINES + 1).length <= LINES) {
    return text;
  }
  return unsplit(text.slice(0, SHORT).split("\n").slice(0, LINES).join("\n"));
}

/** A character of two units is not cut in half. */
function unsplit(text) {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last < 0xdc00 ? text.slice(0, -1) : text;
}

function more(block, start, shownLength, length, whole) {
  let text = whole === null ? start : null;
  let done = shownLength;
  const bring = async () => (text ??= await whole());
  const button = actionButton(`Show more of ${count(length)} characters`, "quiet", async () => {
    const all = await bring();
    const piece = unsplit(all.slice(done, done + PIECE));
    block.append(shown(piece));
    done += piece.length;
    announce("More is shown");
    if (done >= all.length || piece.length === 0) {
      button.remove();
      block.tabIndex = -1;
      block.focus({ preventScroll: true });
    }
  });
  return el("p", { class: "fold-more" }, button, copyButton("Copy all", bring));
}
