// What calls cost. Each attempt may cost something, and of some nobody knows what.
import { NONE, plural, usd } from "./format.js";

export function costOf(calls) {
  const costs = calls.flatMap((call) => call.attempts.map((attempt) => attempt.cost_usd));
  const known = costs.filter((cost) => cost !== undefined);
  return { known: known.reduce((sum, cost) => sum + cost, 0), unknown: costs.length - known.length };
}

/** Returns the part that is known; a plus says that it is not all. */
export function costText({ known, unknown }) {
  return unknown && !known ? NONE : usd(known) + (unknown ? "+" : "");
}

export function costTitle({ unknown }) {
  return unknown ? `The cost of ${plural(unknown, "call")} is not known` : "";
}
