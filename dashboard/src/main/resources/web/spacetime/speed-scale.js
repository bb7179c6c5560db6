import { SPEED_BANDS, speedColor } from "../map/bands.js";

/** Colours from standstill to a speed, running through those of the bands. */
export function speedAt(fastestKmh) {
  const stops = [...SPEED_BANDS].reverse().map((band) => rgb(speedColor(band)));
  return (speedKmh) => {
    const along = Math.max(0, Math.min(1, speedKmh / fastestKmh)) * (stops.length - 1);
    const i = Math.min(stops.length - 2, Math.floor(along));
    return `rgb(${stops[i].map((part, k) => Math.round(part + (stops[i + 1][k] - part) * (along - i))).join(" ")})`;
  };
}

function rgb(hex) {
  return [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));
}
