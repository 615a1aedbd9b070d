// Numbers and times for people.

const WHOLE = new Intl.NumberFormat("en");
const DOLLARS = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const TIME = new Intl.DateTimeFormat("en-GB", {
  month: "short",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

export const NONE = "–";

export function count(number) {
  return number === undefined || number === null ? NONE : WHOLE.format(number);
}

export function plural(number, one) {
  return `${count(number)} ${number === 1 ? one : `${one}s`}`;
}

export function duration(ms) {
  if (ms === undefined || ms === null) {
    return NONE;
  }
  // Where a unit ends, what would be rounded up to it is told in the next one.
  if (ms < 999.5) {
    return `${Math.round(ms)} ms`;
  }
  if (ms < 59_950) {
    return `${(ms / 1000).toFixed(ms < 9_995 ? 2 : 1)} s`;
  }
  const whole = Math.round(ms / 1000);
  const minutes = Math.floor(whole / 60);
  const seconds = whole % 60;
  return minutes < 60
    ? `${minutes} m ${String(seconds).padStart(2, "0")} s`
    : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} m`;
}

/** Returns how long a call took; what was never answered took no time that anybody knows. */
export function took(call, session) {
  if (call.status !== "in_progress") {
    return duration(call.duration_ms);
  }
  return session.status === "in_progress" ? "running" : NONE;
}

/** What is less than a cent gets as many digits as it takes to see it. */
export function usd(amount) {
  if (amount === undefined || amount === null) {
    return NONE;
  }
  if (amount === 0) {
    return "$0";
  }
  return amount >= 1 ? `$${DOLLARS.format(amount)}` : `$${Number(amount.toPrecision(2)).toFixed(digits(amount))}`;
}

function digits(amount) {
  return Math.min(8, Math.max(2, 1 - Math.floor(Math.log10(amount))));
}

/** Returns how large a body was, and whether only its beginning and end were kept. */
export function bodySize(body) {
  return body && bytes(body.size) + (body.head_length === undefined ? "" : ", of which not all was kept");
}

function bytes(size) {
  if (size < 1024) {
    return plural(size, "byte");
  }
  return size < 1024 * 1024 ? `${(size / 1024).toFixed(1)} KB` : `${(size / 1024 / 1024).toFixed(1)} MB`;
}

export function time(iso) {
  if (!iso) {
    return NONE;
  }
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) {
    return iso; // further from now than a browser's calendar goes
  }
  const year = date.getFullYear();
  return `${TIME.format(date)}${year === new Date().getFullYear() ? "" : ` (${year})`}`;
}

/** The original's names, as words. */
export function words(name) {
  return name.replaceAll("_", " ");
}
