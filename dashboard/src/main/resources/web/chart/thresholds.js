import { get } from "../live/api.js";
import { text } from "../text.js";

const READ_ANEW_MS = 60_000;

/** Fields of the time series by the names that rules give metrics. */
const FIELDS = {
  "traffic.vehicleFlowPerHour": "flow_veh_h",
  "traffic.spaceMeanSpeedKmh": "speed_kmh",
  "traffic.occupancy": "occupancy",
  "air.pm25UgM3": "pm25",
  "air.pm10UgM3": "pm10",
  "air.no2UgM3": "no2",
  "air.o3UgM3": "o3",
  "air.so2UgM3": "so2",
  "air.coMgM3": "co",
  "air.pm25NowCastUgM3": "pm25_nowcast",
  "air.pm10NowCastUgM3": "pm10_nowcast",
  "air.usAqi": "us_aqi",
};

let rules = [];
let readAt = null;

/** The rules in force, read anew now and then; none while the alerting service does not answer. */
export async function readRules() {
  if (readAt !== null && performance.now() - readAt < READ_ANEW_MS) return;
  readAt = performance.now();
  rules = await get("rules").then(
    ({ items }) => items.filter(({ mode }) => mode === "active"),
    () => rules,
  );
}

/** What rules watch for in one field of a subject: values with their names. */
export function thresholds(field, subject) {
  return rules.filter((rule) => applies(rule, subject)).flatMap((rule) => limitsOf(rule, field, subject));
}

function limitsOf(rule, field, subject) {
  if (rule.kind === "congestion" && field === "speed_kmh") {
    const share = rule.enter?.["speed-ratio-below"];
    const free = subject.latest?.freeFlowSpeedKmh ?? subject.live?.freeFlowSpeedKmh;
    return share && free ? [{ value: share * free, label: text.chart.congestedBelow }] : [];
  }
  if (rule.kind === "air-exceedance" && field === rule.pollutant) {
    const value = concentration(rule.above, rule.pollutant);
    return value === null ? [] : [{ value, label: text.chart.limit(rule.id) }];
  }
  if (rule.kind === "threshold" && FIELDS[rule.metric] === field) {
    const value = rule.enter?.above ?? rule.enter?.below;
    return typeof value === "number" ? [{ value, label: text.chart.limit(rule.id) }] : [];
  }
  return [];
}

/** A concentration as rules write it, in the unit that its pollutant is drawn in: CO in mg/m3, all others in ug/m3. */
function concentration(written, pollutant) {
  const [, value, unit] = /^([\d.]+) ?([u\u00b5\u03bcm])g\/m[3\u00b3]$/i.exec(String(written).trim()) ?? [];
  if (!value) return null;
  const milligrams = unit.toLowerCase() === "m";
  if (milligrams === (pollutant === "co")) return Number(value);
  return milligrams ? Number(value) * 1000 : Number(value) / 1000;
}

/** Whether a rule's scope has the subject. One with a polygon is left out rather than guessed at. */
function applies({ scope = {} }, { id, cityId, sensors: [sensor] }) {
  const own = {
    city: cityId,
    "road-segments": id,
    stations: id,
    corridors: sensor.corridorId,
    settings: sensor.setting,
  };
  return Object.entries(scope).every(([name, patterns]) => name in own && [patterns].flat().some((pattern) => matches(pattern, own[name])));
}

function matches(pattern, value) {
  const parts = String(pattern).split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(value ?? "");
}
