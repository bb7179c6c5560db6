import { text } from "../text.js";

let zone;
const formats = new Map();

/** The city's time zone; every time on the page is local to the city. */
export function setTimeZone(timeZone) {
  if (timeZone === zone) return;
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone });
    zone = timeZone;
    formats.clear();
  } catch {
    // An unknown zone leaves the former.
  }
}

export const timeZone = () => zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;

function format(options) {
  const key = JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: timeZone(), ...options }));
  return formats.get(key);
}

export const clockTime = (date) =>
  format({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }).format(date);
export const shortTime = (date) => format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(date);
export const longDate = (date) =>
  format({ weekday: "short", day: "numeric", month: "short", year: "numeric" }).format(date).replace(",", "");
export const shortDate = (date) => format({ day: "numeric", month: "short" }).format(date);
const isoDay = (date) => format({ year: "numeric", month: "2-digit", day: "2-digit" }).format(date);

/** Time of day; with the date where it is another day than the reference. */
export function moment(date, reference) {
  const sameDay = reference && isoDay(date) === isoDay(reference);
  return sameDay ? shortTime(date) : `${shortDate(date)} ${shortTime(date)}`;
}

export function duration(ms) {
  const minutes = Math.max(0, Math.round(ms / 60000));
  if (minutes < 60) return text.duration.minutes(minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return text.duration.hours(hours, minutes % 60);
  return text.duration.days(Math.floor(hours / 24), hours % 24);
}

/** A number as people read it: three significant places, no more than needed. */
export function number(value, digits) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "\u2013";
  const places = digits ?? (Math.abs(value) >= 10 ? 0 : 1);
  return numberFormat(places).format(value);
}

const numberFormats = [];

/** Making one takes a thousand times as long as using it. */
function numberFormat(places) {
  numberFormats[places] ??= new Intl.NumberFormat("en-GB", { minimumFractionDigits: 0, maximumFractionDigits: places });
  return numberFormats[places];
}

export const percent = (share) => (Number.isFinite(share) ? `${Math.round(share * 100)}\u00a0%` : "\u2013");
