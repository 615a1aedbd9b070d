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

/** Puts children into a place; those that are there already are not touched. */
export function arrange(place, children) {
  const wanted = new Set(children);
  [...place.childNodes].filter((child) => !wanted.has(child)).forEach((child) => child.remove());
  children.forEach((child, i) => {
    if (place.childNodes[i] !== child) {
      place.insertBefore(child, place.childNodes[i] ?? null);
    }
  });
}

/** Draws a place anew; the focus stays with what bears the same `data-key`. */
export function keepingFocus(place, draw) {
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  draw();
  if (focused !== undefined && !place.contains(document.activeElement)) {
    const same = [...place.querySelectorAll("[data-key]")].find((one) => one.dataset.key === focused);
    same?.focus({ preventScroll: true });
  }
}

// Control characters, those that change the direction of what follows, those that nobody sees, and
// halves of characters.
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufff9-\ufffb\p{Default_Ignorable_Code_Point}\p{Cs}]/gu;

// Within emoji, and in scripts that join their letters, some of them are part of the writing.
const WRITTEN = new RegExp(
  [
    String.raw`(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d(?=\p{Extended_Pictographic})`,
    String.raw`(?<=\p{Emoji})[\ufe0e\ufe0f]`,
    String.raw`(?<=[\p{scx=Arab}\p{scx=Deva}\p{scx=Beng}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Taml}\p{scx=Telu}])[\u200c\u200d]`,
  ].join("|"),
  "uy",
);

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

function sign(character, offset, text) {
  WRITTEN.lastIndex = offset;
  if (WRITTEN.test(text)) {
    return character;
  }
  const code = character.codePointAt(0);
  return `⟨${NAMES.get(code) ?? `U+${code.toString(16).toUpperCase().padStart(4, "0")}`}⟩`;
}

/** Tells those who cannot see the page. */
export function announce(text) {
  document.getElementById("announcer").textContent = text;
}
