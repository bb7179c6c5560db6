import { text } from "../text.js";

let zone;
const formats = new Map();

/** The city's time zone; every time on the page is local to the city. Tells whether it is another than before. */
export function setTimeZone(timeZone) {
  if (!timeZone || timeZone === zone) return false;
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone });
  } catch {
    // An unknown zone leaves the former.
    return false;
  }
  zone = timeZone;
  formats.clear();
  return true;
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
/** As people abbreviate the zone at that time: CET, or GMT+5:30. */
export const zoneName = (date) =>
  format({ timeZoneName: "short" }).formatToParts(date).find(({ type }) => type === "timeZoneName").value;
const isoDay = (date) => format({ year: "numeric", month: "2-digit", day: "2-digit" }).format(date);

const year = (date) => format({ year: "numeric" }).format(date);

/** Time of day; with the date where it is another day than the reference, and with the year where that is another. */
export function moment(date, reference) {
  if (reference && isoDay(date) === isoDay(reference)) return shortTime(date);
  const day = reference && year(date) !== year(reference) ? `${shortDate(date)} ${year(date)}` : shortDate(date);
  return `${day} ${shortTime(date)}`;
}

export function duration(ms) {
  const minutes = Math.max(0, Math.round(ms / 60000));
  if (minutes < 60) return text.duration.minutes(minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return text.duration.hours(hours, minutes % 60);
  return text.duration.days(Math.floor(hours / 24), hours % 24);
}

/** A number as people read it: whole from ten on, below it two significant places, no more than needed. */
export function number(value, digits) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "\u2013";
  const size = Math.abs(value);
  const places = digits ?? (size >= 10 ? 0 : size >= 1 || size === 0 ? 1 : 2);
  return numberFormat(places).format(value);
}

const numberFormats = [];

/** Making one takes a thousand times as long as using it. */
function numberFormat(places) {
  numberFormats[places] ??= new Intl.NumberFormat("en-GB", { minimumFractionDigits: 0, maximumFractionDigits: places });
  return numberFormats[places];
}

export const percent = (share) => (Number.isFinite(share) ? `${Math.round(share * 100)}\u00a0%` : "\u2013");
