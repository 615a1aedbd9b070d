// What a step changed in the state, and what was said in it.
import { getJson, getText, paths } from "./api.js";
import { actionButton } from "./buttons.js";
import { el, replace, shown } from "./dom.js";
import { fold } from "./fold.js";
import { count, plural } from "./format.js";
import { callBefore, finalDiff, stateDiff } from "./model.js";
import { state } from "./state.js";

const ROLES = new Set(["system", "user", "assistant", "tool", "answer"]);

export async function messages(view, found, signal) {
  const list = el("ol", { class: "messages", tabindex: "-1" });
  const conversation = await conversationOf(view, found, false, signal);
  fill(list, conversation, { found, signal });
  const earlier = conversation.first_new;
  const more = actionButton(`Show ${plural(earlier, "earlier message")}`, "quiet earlier", async () => {
    fill(list, await conversationOf(view, found, true, signal), { found, signal });
    more.remove();
    list.focus({ preventScroll: true });
  });
  return [
    state(found.call.state_snapshot, stateDiff(view.data, found), finalDiff(view.data, found)),
    el(
      "section",
      { class: "said", "aria-labelledby": "said-title" },
      el("h3", { id: "said-title" }, earlier > 0 ? "New at this step" : "Messages"),
      earlier > 0 && more,
      list,
    ),
  ];
}

function conversationOf(view, found, all, signal) {
  const query = new URLSearchParams();
  const before = callBefore(view.data, found);
  if (before !== undefined) {
    query.set("after", before.trace_id);
  }
  if (all) {
    query.set("all", "true");
  }
  return getJson(paths.conversation(found.traceId, query), signal);
}

function fill(list, conversation, context) {
  const results = resultsByCall(conversation.messages);
  const drawn = conversation.messages.map((message) => messageOf(message, conversation, results, context)).filter(Boolean);
  const none = el("li", { class: "note" }, "No messages are known here; the raw request and response tell more.");
  replace(list, drawn.length > 0 ? drawn : none);
}

/** A result stands with its call, if both are here: with the first one of its id that has none yet. */
function resultsByCall(all) {
  const waiting = new Map();
  const results = { ofCall: new Map(), placed: new Set() };
  const take = (part, place) => {
    if (part.kind === "tool_call" && part.id !== undefined) {
      waiting.set(part.id, [...(waiting.get(part.id) ?? []), part]);
    } else if (part.kind === "tool_result" && waiting.get(part.id)?.length > 0) {
      results.ofCall.set(waiting.get(part.id).shift(), { part, ...place });
      results.placed.add(part);
    }
  };
  all.forEach(({ index: message, parts }) => parts.forEach((part, index) => take(part, { message, index })));
  return results;
}

function messageOf(message, conversation, results, { found, signal }) {
  const wholeOf = (place) => () => getText(paths.part(found.traceId, place.message, place.index), signal);
  const parts = message.parts
    .map((part, index) => partOf(part, wholeOf({ message: message.index, index }), results, wholeOf))
    .filter(Boolean);
  if (parts.length === 0 && message.parts.length > 0) {
    return null;
  }
  const role = message.index >= conversation.answer ? "answer" : message.role;
  return el(
    "li",
    { class: `message ${ROLES.has(role) ? `by-${role}` : ""}` },
    el("h4", {}, shown(role)),
    parts.length > 0 ? parts : el("p", { class: "note" }, "empty"),
  );
}

/** `whole` brings the whole text of the part, `wholeOf` that of the part at a place. */
function partOf(part, whole, results, wholeOf) {
  switch (part.kind) {
    case "text":
      return fold(part.text, { length: part.length, whole: part.cut ? whole : null });
    case "reasoning":
      return el(
        "details",
        { class: "reasoning" },
        el("summary", {}, `Reasoning, ${count(part.length)} characters`),
        fold(part.text, { length: part.length, whole: part.cut ? whole : null }),
      );
    case "tool_call":
      return toolCall(part, results.ofCall.get(part), whole, wholeOf);
    case "tool_result":
      return results.placed.has(part) ? null : toolResult(part, whole);
    case "image":
      return image(part);
    default:
      return fold(part.text, { json: true, length: part.length, whole: part.cut ? whole : null });
  }
}

function toolCall(part, result, whole, wholeOf) {
  return el(
    "div",
    { class: "tool" },
    el("p", { class: "tool-name" }, el("span", { class: "note" }, "calls "), el("bdi", {}, shown(part.name ?? "a tool"))),
    part.text !== "" && fold(part.text, { json: true, length: part.length, whole: part.cut ? whole : null }),
    result && toolResult(result.part, wholeOf(result)),
  );
}

function toolResult(part, whole) {
  return el(
    "div",
    { class: "tool-result" },
    el("p", { class: "tool-name" }, el("span", { class: "note" }, "result of "), el("bdi", {}, shown(part.name ?? "a tool"))),
    fold(part.text, { json: true, length: part.length, whole: part.cut ? whole : null }),
  );
}

/** Only what came with the message is drawn; nothing is fetched from elsewhere. */
function image(part) {
  const drawable = part.media_type !== undefined && !part.cut && part.text.startsWith(`data:${part.media_type};base64,`);
  return drawable
    ? el("img", { class: "image", src: part.text, alt: `An image, ${shown(part.media_type)}` })
    : el("p", { class: "note" }, `An image that is not shown: ${shown(part.text.slice(0, 100))}`);
}
