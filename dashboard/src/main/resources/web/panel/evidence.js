import { el } from "../page/dom.js";
import { clockTime, duration, moment } from "../page/format.js";
import { text } from "../text.js";

const MAX_ROWS = 20;
const DURATION = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/;

/** The day that needs no date. */
let reference;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/;

/** What an alert rests on, whatever its kind put there, as a table people can read; and its rule and history. */
export function evidence(alert, now) {
  reference = now;
  const parts = [el("h2", { text: text.alerts.evidence })];
  const entries = Object.entries(alert.evidence ?? {}).filter(([, value]) => value !== null);
  if (entries.length) parts.push(facts(entries));
  else parts.push(el("p", { class: "hint", text: text.alerts.noEvidence }));
  if (alert.rule) {
    parts.push(
      el("h2", { text: text.alerts.rule }),
      el("p", { class: "quiet", text: text.alerts.ruleVersion(alert.rule.id, alert.rule.version) }),
    );
  }
  if (alert.history?.length) parts.push(el("h2", { text: text.alerts.history }), history(alert.history));
  return parts;
}

function facts(entries) {
  const rows = entries.flatMap(([name, value]) => [el("dt", { text: words(name) }), el("dd", {}, shown(name, value))]);
  return el("dl", { class: "facts" }, ...rows);
}

function shown(name, value) {
  if (Array.isArray(value)) return list(value);
  if (value !== null && typeof value === "object") return object(readable(value));
  if (typeof value === "string" && /^(\.\/city|city) /.test(value)) return el("code", { text: value });
  return plain(value);
}

/** The encoded state that a decision started from, and the revisions that it saw, are for ./city reproduce. */
function readable({ state, summaries, ...rest }) {
  return typeof state === "string" && state.length < 40 ? { state, ...rest } : rest;
}

/** A time span, a measured value, or name and value after each other. */
function object(value) {
  const entries = Object.entries(value).filter(([, inner]) => inner !== null);
  const names = entries.map(([name]) => name).sort().join();
  if (names === "end,start") return text.detail.window(plain(value.start), plain(value.end));
  if (names === "metric,unit,value") return [words(value.metric), plain(value.value), value.unit === "1" ? "" : value.unit].join(" ").trim();
  if (entries.some(([, inner]) => typeof inner === "object")) return el("div", { class: "inner" }, facts(entries));
  return entries.map(([name, inner]) => `${words(name).toLowerCase()} ${plain(inner)}`).join(", ") || "\u2013";
}

function list(values) {
  if (values.length === 0) return "\u2013";
  if (values.every((value) => value === null || typeof value !== "object")) return values.map(plain).join(", ");
  const rows = values.slice(0, MAX_ROWS).filter((value) => value && !Array.isArray(value));
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const table = el(
    "table",
    {},
    el("thead", {}, el("tr", {}, ...columns.map((column) => el("th", { text: words(column) })))),
    el("tbody", {}, ...rows.map((row) => el("tr", {}, ...columns.map((column) => el("td", { text: brief(row[column]) }))))),
  );
  const box = el("div", { class: "table-box", tabindex: "0" }, table);
  return rows.length > 4
    ? el("details", {}, el("summary", { text: `${values.length}` }), box)
    : box;
}

const brief = (value) => (value !== null && typeof value === "object" ? JSON.stringify(value) : plain(value));

function plain(value) {
  if (value === null || value === undefined) return "\u2013";
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : String(Math.round(value * 1000) / 1000);
  if (typeof value === "string" && INSTANT.test(value)) return moment(new Date(value), reference);
  if (typeof value === "string" && DURATION.test(value)) return period(value);
  return String(value);
}

function period(value) {
  const [, hours = 0, minutes = 0, seconds = 0] = DURATION.exec(value);
  const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return total < 60 ? `${total} s` : duration(total * 1000);
}

/** A field's name as words: spaceMeanSpeedKmh is "space mean speed, km/h". */
function words(name) {
  const units = [
    [/KmH?h$/i, "km/h"],
    [/UgM3$/, "\u00b5g/m\u00b3"],
    [/MgM3$/, "mg/m\u00b3"],
    [/VehKmLane$/, "veh/km"],
    [/Seconds$/, "s"],
    [/PerHour$/, "per hour"],
  ];
  const unit = units.find(([pattern]) => pattern.test(name));
  const base = unit ? name.replace(unit[0], "") : name;
  const spaced = base.replace(/([a-z\d])([A-Z])/g, "$1 $2").replace(/[-_]/g, " ").toLowerCase();
  const sentence = spaced.charAt(0).toUpperCase() + spaced.slice(1);
  return unit ? `${sentence}, ${unit[1]}` : sentence;
}

function history(entries) {
  return el(
    "ol",
    { class: "history" },
    ...entries.map((entry) =>
      el(
        "li",
        {},
        el("time", { datetime: entry.at, title: clockTime(new Date(entry.at)), text: moment(new Date(entry.at), reference) }),
        el("span", { text: [text.alerts.change[entry.type] ?? entry.type, entry.severity, entry.comment, entry.by].filter(Boolean).join(" \u00b7 ") }),
      ),
    ),
  );
}
