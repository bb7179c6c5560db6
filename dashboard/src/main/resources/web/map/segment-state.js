import { number } from "../page/format.js";
import { text } from "../text.js";
import { NO_DATA, NO_VEHICLES, speedBand } from "./bands.js";

/** How a road is shown: its band, and its speed in words, or why there is none. */
export function segmentState(city, segment) {
  const band = city.isDark(segment) ? NO_DATA : speedBand(segment.latest);
  const speed = segment.latest?.spaceMeanSpeedKmh;
  const measured = band !== NO_DATA && band !== NO_VEHICLES && Number.isFinite(speed);
  return { band, words: measured ? text.overview.speed(number(speed, 0)) : text.bands.speed[band.key] };
}
