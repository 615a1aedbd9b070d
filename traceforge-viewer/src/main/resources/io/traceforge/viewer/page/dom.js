// Makes elements. What was recorded only ever becomes text: there is no other way in here.

/** Returns an element; properties that begin with "on" are listeners, `class` is its classes. */
export function el(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) {
      continue;
    }
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...present(children));
  return element;
}

function present(children) {
  return children.flat(3).filter((child) => child !== undefined && child !== null && child !== false);
}

export function replace(element, ...children) {
  element.replaceChildren(...present(children));
  return element;
}

/** Returns an element of SVG. */
export function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    element.setAttribute(name, String(value));
  }
  element.append(...present(children));
  return element;
}

// Control characters, those that change the direction of what follows, and halves of characters.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\p{Cs}]/gu;

/** Returns a recorded text so that it can be seen whole: what is invisible gets a sign. */
export function shown(text) {
  return String(text).replaceAll("\r\n", "\n").replace(UNSEEN, sign);
}

const NAMES = new Map([
  [0x00, "NUL"],
  [0x07, "BEL"],
  [0x08, "BS"],
  [0x0d, "CR"],
  [0x1b, "ESC"],
  [0x7f, "DEL"],
]);

function sign(character) {
  const code = character.codePointAt(0);
  return `⟨${NAMES.get(code) ?? `U+${code.toString(16).toUpperCase().padStart(4, "0")}`}⟩`;
}

/** Tells those who cannot see the page. */
export function announce(text) {
  document.getElementById("announcer").textContent = text;
}

export function copyButton(label, text) {
  const button = el("button", { type: "button", class: "quiet copy" }, label);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(await text());
    button.textContent = "Copied";
    announce("Copied");
    setTimeout(() => (button.textContent = label), 1500);
  });
  return button;
}
