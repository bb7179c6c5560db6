import { el, tint } from "../page/dom.js";
import { text } from "../text.js";
import { europeanInkTint, europeanTint, SPEED_BANDS } from "./bands.js";

/**
 * What the colours mean, over what time the values are averaged, and which concentrations make which level.
 * european, usAqi: the tables that the indices are computed from, each with its source.
 */
export function legend(european, usAqi) {
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
  const levels = european.rows
    .filter((row) => row.pollutant === european.rows[0].pollutant)
    .map((row) =>
      el(
        "li",
        {},
        levelMark(row.level, europeanTint(row.level), europeanInkTint(row.level)),
        el("span", { text: row.name }),
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
        "details",
        { class: "legend-edges" },
        el("summary", { text: text.legend.edges }),
        edges(text.legend.europeanEdges, european.rows, {
          row: (each) => each.name,
          column: (each) => each.pollutant,
          cell: (each) => each.at_most || text.legend.unlimited,
          color: (each) => europeanTint(each.level),
        }),
        source(european),
        edges(text.legend.usAqi, usAqi.rows, {
          row: (each) => `${each.category} (${each.aqi_lo}\u2013${each.aqi_hi})`,
          column: (each) => `${each.pollutant} ${averaging(each.averaging)}, ${unit(each.unit)}`,
          cell: (each) => `${each.conc_lo}\u2013${each.conc_hi}`,
          color: (each) => each.colour,
        }),
        el("p", { class: "legend-source", text: text.legend.usAqiNow }),
        source(usAqi),
      ),
      el(
        "div",
        { class: "legend-marks" },
        el("span", {}, el("i", { class: "swatch-alert" }), text.legend.alert),
        el("span", {}, el("i", { class: "swatch-empty" }), text.legend.empty),
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

function levelMark(level, color, ink) {
  return tint(tint(el("i", { class: "swatch swatch-level", text: level }), color), ink, "--ink");
}

const source = (table) => el("p", { class: "legend-source", text: unit(table.source) });

const averaging = (written) => written.replace("h", "\u00a0h");

const unit = (written) => written.replaceAll("ug/m3", "\u00b5g/m\u00b3");

/** Levels downwards, what they are about across. */
function edges(title, rows, { row, column, cell, color }) {
  const columns = [...new Set(rows.map(column))];
  const levels = [...new Map(rows.map((each) => [row(each), color(each)]))];
  const find = (name, about) => rows.find((each) => row(each) === name && column(each) === about);
  return el(
    "table",
    {},
    el("caption", { text: title }),
    el("thead", {}, el("tr", {}, el("th"), ...columns.map((about) => el("th", { scope: "col", text: about })))),
    el(
      "tbody",
      {},
      ...levels.map(([name, colour]) =>
        el(
          "tr",
          {},
          el("th", { scope: "row" }, tint(el("i", { class: "swatch" }), colour), el("span", { text: name })),
          ...columns.map((about) => {
            const found = find(name, about);
            return el("td", { text: found ? cell(found) : "" });
          }),
        ),
      ),
    ),
  );
}
