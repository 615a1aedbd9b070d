// Indents JSON, and changes nothing but the space around its tokens: numbers keep their digits,
// names their order, and what is named twice stays there twice.

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{}:,]|[^\s"[\]{}:,]+/g;

/** What is deeper would be more space than text. */
const DEEPEST = 200;

/** Returns a text indented, or as it is if it is no JSON. */
export function indented(text) {
  if (!isJson(text)) {
    return text;
  }
  let depth = 0;
  let before = "";
  const lines = [];
  for (const [token] of text.matchAll(TOKEN)) {
    const opened = before === "{" || before === "[";
    const closes = token === "}" || token === "]";
    depth += opened - closes;
    if (depth > DEEPEST) {
      return text;
    }
    if (closes ? !opened : opened || before === ",") {
      lines.push(`\n${"  ".repeat(depth)}`);
    }
    lines.push(token === ":" ? ": " : token);
    before = token;
  }
  return lines.join("");
}

function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
