import { el, refill, tint } from "../page/dom.js";
import { number, percent } from "../page/format.js";
import { text } from "../text.js";
import { europeanInkTint, europeanName, europeanTint } from "../map/bands.js";
import { ChartStack } from "../chart/chart-stack.js";
import { alertList } from "./alert-list.js";
import { healthLines, windowLine } from "./state-lines.js";
import { View } from "./view.js";

const POLLUTANTS = [
  ["pm25", "pm25UgM3", text.units.micrograms],
  ["pm10", "pm10UgM3", text.units.micrograms],
  ["no2", "no2UgM3", text.units.micrograms],
  ["o3", "o3UgM3", text.units.micrograms],
  ["so2", "so2UgM3", text.units.micrograms],
  ["co", "coMgM3", text.units.milligrams],
];

/** One air station: its indices and hourly means now, and over time. */
export class StationDetail extends View {
  #id;
  #head = el("div", { class: "subject-head" });
  #alerts = el("div", {});
  #charts = el("div", {});
  #station = null;

  constructor(box, city, actions, id, go) {
    super(box, city, actions);
    this.#id = id;
    box.append(this.backButton(), this.#head, this.#alerts, this.#charts);
    this.on("layout", () => this.#open(false));
    this.on("change", (event) => event.detail.has(this.#station) && this.#draw());
    this.on("alerts", () => this.#draw());
    this.#open(go);
  }

  #open(go) {
    this.#station = this.city.stations.get(this.#id) ?? null;
    if (!this.#station) {
      this.#head.replaceChildren(el("p", { class: "hint", text: text.detail.notFound(this.#id) }));
      return;
    }
    this.actions.show([this.#station], go);
    this.#draw();
    if (!this.#charts.hasChildNodes()) this.#charts.append(stationCharts(this.#station, this).element);
  }

  #draw() {
    if (!this.#station) return;
    refill(this.#head, ...head(this.#station, this.city));
    const alerts = this.city.alertsOn(this.#station);
    refill(
      this.#alerts,
      alerts.length
        ? alertList(alerts, this.city, (alert) => this.actions.select({ kind: "alert", id: alert.alertId }, true))
        : "",
    );
  }
}

function head(station, city) {
  const { latest } = station;
  const sensor = station.sensors[0];
  const dark = city.isDark(station);
  return [
    el("p", { class: "eyebrow", text: [text.station.kind, text.station.setting[sensor.setting]].filter(Boolean).join(" \u00b7 ") }),
    el("h1", { text: station.name }),
    latest ? indices(latest, dark) : "",
    latest ? pollutants(latest, dark) : "",
    windowLine(station, city, null),
    latest?.europeanIncomplete ? el("p", { class: "quiet", text: text.station.incomplete }) : "",
    ...healthLines(station, city),
  ];
}

function indices(latest, dark) {
  const level = latest.europeanIndex;
  const badge = tint(
    tint(el("i", { class: level ? "level level-big" : "level level-big level-none", text: level ? String(level) : "" }), level ? europeanTint(level) : "transparent"),
    europeanInkTint(level),
    "--ink",
  );
  return el(
    "div",
    { class: dark ? "indices values-old" : "indices" },
    el(
      "div",
      {},
      badge,
      el("div", {}, el("small", { text: text.station.european }), el("b", { text: europeanName(level) }), by(latest.europeanPollutant)),
    ),
    latest.usAqi
      ? el(
          "div",
          {},
          el("b", { class: "aqi-figure", text: String(latest.usAqi) }),
          el("div", {}, el("small", { text: text.station.usAqi }), el("b", { text: text.bands.usAqi[latest.usAqiCategory] ?? latest.usAqiCategory ?? "" }), by(latest.usAqiPollutant)),
        )
      : "",
  );
}

function by(pollutant) {
  return pollutant ? el("small", { text: text.station.decidedBy(text.station.pollutant[pollutant] ?? pollutant) }) : "";
}

function pollutants(latest, dark) {
  const measured = POLLUTANTS.filter(([, field]) => latest[field] !== undefined && latest[field] !== null);
  if (!measured.length) return "";
  return el(
    "dl",
    { class: dark ? "values values-air values-old" : "values values-air" },
    ...measured.map(([key, field, unit]) => {
      const share = latest.completeness?.[key];
      return el(
        "div",
        { title: share === undefined ? "" : text.detail.complete(percent(share)) },
        el("dt", { text: text.station.pollutant[key] }),
        el("dd", { text: number(latest[field]) }, el("small", { text: ` ${unit}` })),
      );
    }),
  );
}

/** The charts of a station, alive as long as the view. */
export function stationCharts(station, view) {
  const { pollutant, nowCast } = text.station;
  const line = (field, color, label, more = {}) => ({ field, color, label, stepped: true, ...more });
  return new ChartStack({
    view,
    subject: station,
    measurement: "air",
    hours: 24,
    ranges: [24, 48, 168, 720],
    finestStepSeconds: 3600,
    charts: [
      { title: text.station.european, kind: "index", series: [{ field: "european_index" }] },
      {
        title: text.station.particles,
        unit: text.units.micrograms,
        series: [
          line("pm10", "--chart-2", pollutant.pm10),
          line("pm25", "--chart-1", pollutant.pm25),
          line("pm25_nowcast", "--chart-1", nowCast(pollutant.pm25), { dash: true, stepped: false }),
          line("pm10_nowcast", "--chart-2", nowCast(pollutant.pm10), { dash: true, stepped: false }),
        ],
      },
      {
        title: text.station.gases,
        unit: text.units.micrograms,
        series: [line("no2", "--chart-3", pollutant.no2), line("o3", "--chart-4", pollutant.o3)],
      },
      { title: pollutant.so2, unit: text.units.micrograms, optional: true, series: [line("so2", "--chart-1", pollutant.so2, { fill: true })] },
      { title: pollutant.co, unit: text.units.milligrams, optional: true, series: [line("co", "--chart-2", pollutant.co, { fill: true })] },
      { title: text.station.usAqi, unit: "", usual: true, series: [line("us_aqi", "--chart-5", text.station.usAqi)] },
      {
        title: text.chart.completeness,
        unit: text.units.percent,
        kind: "share",
        series: [line("completeness", "--chart-5", text.chart.completeness, { fill: true, scale: 100 })],
      },
    ],
  });
}
