import { timeZone } from "./format.js";

const MINUTE = 60_000;

/** A moment as a field for date and time writes it, local to the city: 2026-11-23T08:32. */
export function toLocal(date) {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: timeZone(),
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  return format.format(date).replace(" ", "T");
}

/** The moment that such a field names, of two at the end of summer time the first; null: none. */
export function fromLocal(words) {
  const asUtc = Date.parse(`${words}Z`);
  if (Number.isNaN(asUtc)) return null;
  // The offset may be another at the moment itself than at the first guess.
  const [early, late] = [-1, 1].map((days) => asUtc - offset(asUtc + days * 24 * 60 * MINUTE));
  const first = Math.min(early, late);
  return new Date(toLocal(new Date(first)) === words ? first : Math.max(early, late));
}

const offset = (time) => Date.parse(`${toLocal(new Date(time))}Z`) - Math.floor(time / MINUTE) * MINUTE;
