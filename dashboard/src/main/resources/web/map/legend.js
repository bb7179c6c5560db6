import { el, tint } from "../page/dom.js";
import { text } from "../text.js";
import { EUROPEAN_COLORS, europeanInk, SPEED_BANDS } from "./bands.js";

/** What the colours mean, and over what time the values are averaged. */
export function legend() {
  const speeds = [...SPEED_BANDS].reverse().map((band, i, bands) => {
    const edge = i + 1 < bands.length ? `${Math.round(bands[i + 1].from * 100)}\u00a0%` : "";
    return el(
      "li",
      {},
      tint(el("i", { class: "swatch" }), `var(--road-${band.key})`),
      el("span", { text: text.bands.speed[band.key] }),
      el("small", { text: edge }),
    );
  });
  const levels = EUROPEAN_COLORS.map((color, i) =>
    el(
      "li",
      {},
      tint(tint(el("i", { class: "swatch swatch-level", text: String(i + 1) }), color), europeanInk(i + 1), "--ink"),
      el("span", { text: text.bands.european[i] }),
    ),
  );
  return el(
    "details",
    { class: "legend", open: matchMedia("(min-width: 1200px)").matches },
    el("summary", { text: text.legend.title }),
    el(
      "div",
      { class: "legend-body" },
      scale(text.legend.roads, text.legend.roadsNote, speeds),
      scale(text.legend.stations, text.legend.stationsNote, levels),
      el(
        "div",
        { class: "legend-marks" },
        el("span", {}, el("i", { class: "swatch-alert" }), text.legend.alert),
        el("span", {}, el("i", { class: "swatch-stale" }), text.legend.stale),
        el("span", {}, el("i", { class: "swatch-untrusted" }), text.legend.untrusted),
      ),
    ),
  );
}

function scale(title, note, cells) {
  return el(
    "section",
    {},
    el("h3", { text: title }, el("small", { text: note })),
    el("ul", { class: "scale" }, ...cells),
  );
}
