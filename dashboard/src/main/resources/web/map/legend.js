import { el, tint } from "../page/dom.js";
import { text } from "../text.js";
import { EUROPEAN_COLORS, europeanInk, SPEED_BANDS } from "./bands.js";

/** What the colours mean, and over what time the values are averaged. */
export function legend() {
  const edges = SPEED_BANDS.map((band, i) =>
    i === 0 ? `> ${band.from * 100} %` : `${Math.round(band.from * 100)}\u2013${Math.round(SPEED_BANDS[i - 1].from * 100)} %`,
  );
  const speeds = SPEED_BANDS.map((band, i) =>
    el(
      "li",
      {},
      tint(el("i", { class: "swatch-road" }), `var(--road-${band.key})`),
      el("span", { text: text.bands.speed[band.key] }),
      el("small", { text: edges[i] }),
    ),
  );
  const levels = EUROPEAN_COLORS.map((color, i) =>
    el(
      "li",
      {},
      tint(tint(el("i", { class: "swatch-level", text: String(i + 1) }), color), europeanInk(i + 1), "--ink"),
      el("span", { text: text.bands.european[i] }),
    ),
  );
  return el(
    "details",
    { class: "legend", open: matchMedia("(min-width: 760px)").matches },
    el("summary", { text: text.legend.title }),
    el(
      "div",
      { class: "legend-body" },
      el("section", {}, el("h3", { text: text.legend.roads }), el("ul", {}, ...speeds), el("p", { text: text.legend.roadsNote })),
      el("section", {}, el("h3", { text: text.legend.stations }), el("ul", {}, ...levels), el("p", { text: text.legend.stationsNote })),
      el(
        "section",
        { class: "legend-marks" },
        el("span", {}, el("i", { class: "swatch-stale" }), text.legend.stale),
        el("span", {}, el("i", { class: "swatch-untrusted" }), text.legend.untrusted),
        el("span", {}, el("i", { class: "swatch-alert" }), text.legend.alert),
      ),
    ),
  );
}
