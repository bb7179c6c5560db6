import { text } from "../text.js";

/** Speed as share of free flow, from fast to slow; the last two edges are the default rules' thresholds. */
export const SPEED_BANDS = [
  { key: "free", from: 0.85, weight: 4 },
  { key: "dense", from: 0.7, weight: 4.5 },
  { key: "slow", from: 0.5, weight: 5.5 },
  { key: "congested", from: 0.3, weight: 6.5 },
  { key: "jammed", from: 0, weight: 7.5 },
];
const NO_SPEED = { key: "none", from: null, weight: 3 };

export function speedBand(summary) {
  const ratio = summary?.speedRatio;
  return ratio === null || ratio === undefined ? NO_SPEED : SPEED_BANDS.find((band) => ratio >= band.from) ?? NO_SPEED;
}

/** Colour of a band in the current theme. */
export const speedColor = (band) => themed(`--road-${band.key}`);

/** Official colours of the European Air Quality Index, level 1 to 6. */
export const EUROPEAN_COLORS = ["#50F0E6", "#50CCAA", "#F0E641", "#FF5050", "#960032", "#7D2181"];
export const europeanColor = (level) => EUROPEAN_COLORS[level - 1] ?? themed("--road-none");
export const europeanInk = (level) => (level >= 5 ? "#ffffff" : "#14202a");
export const europeanName = (level) => text.bands.european[level - 1] ?? text.bands.europeanNone;

export const severityColor = (severity) => themed(`--severity-${severity}`) || themed("--severity-minor");

/** A custom property of the page, as it stands in the current theme. */
export function themed(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
