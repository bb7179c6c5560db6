import { isEmpty, ratioOf } from "../live/speed-ratio.js";
import { text } from "../text.js";

/** Speed as share of free flow, from fast to slow; the last two edges are the default rules' thresholds. */
export const SPEED_BANDS = [
  { key: "free", from: 0.85, weight: 4 },
  { key: "dense", from: 0.7, weight: 4.5 },
  { key: "slow", from: 0.5, weight: 5.5 },
  { key: "congested", from: 0.3, weight: 6.5 },
  { key: "jammed", from: 0, weight: 7.5 },
];
/** Nothing is known of the road. */
export const NO_DATA = { key: "none", weight: 3 };
/** It is watched, and nobody drives there. */
export const NO_VEHICLES = { key: "empty", weight: 3 };

export function speedBand(summary) {
  if (isEmpty(summary)) return NO_VEHICLES;
  const ratio = ratioOf(summary);
  return ratio === null ? NO_DATA : bandOf(ratio);
}

/** The band of a share of free flow. */
export const bandOf = (ratio) => SPEED_BANDS.find((band) => ratio >= band.from) ?? NO_DATA;

/** Colour of a band in the current theme. */
export const speedColor = (band) => themed(`--road-${band.key}`);

/** Levels of the European Air Quality Index, best first: name and colour as its table has them. */
let europeanLevels = [];

export function takeEuropeanTable(rows) {
  europeanLevels = rows.filter((row) => row.pollutant === rows[0].pollutant);
}

/** The official colour of a level, or that of the palette for colour-blind eyes. */
export const europeanColor = (level) => themed(`--european-${level}`) || (europeanLevels[level - 1]?.colour ?? themed("--road-none"));
export const europeanInk = (level) => themed(`--european-ink-${level}`) || officialInk(level);
const officialInk = (level) => (level >= 5 ? "#ffffff" : "#14202a");
export const europeanName = (level) => europeanLevels[level - 1]?.name ?? text.bands.europeanNone;

export const severityColor = (severity) => themed(`--severity-${severity}`) || themed("--severity-minor");

/** The same colours as styles, which follow the theme and the palette by themselves. */
export const speedTint = (band) => `var(--road-${band.key})`;
export const severityTint = (severity) => `var(--severity-${CSS.escape(severity)}, var(--severity-minor))`;
export const europeanTint = (level) => `var(--european-${level}, ${europeanLevels[level - 1]?.colour ?? "var(--road-none)"})`;
export const europeanInkTint = (level) => `var(--european-ink-${level}, ${officialInk(level)})`;

/** A custom property of the page, as it stands in the current theme. */
export function themed(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
