import { el, refill, tint } from "../page/dom.js";
import { text } from "../text.js";
import { europeanInkTint, europeanName, europeanTint } from "../map/bands.js";
import { segmentState } from "../map/segment-state.js";
import { alertList } from "./alert-list.js";
import { Strip } from "./strip.js";
import { View } from "./view.js";

const POOR = 4;
const SOON_MS = 1000;
/** Also without news things grow old. */
const LATER_MS = 10_000;

/** The city at a glance: figures, open alerts, corridors as strips, stations. */
export class Overview extends View {
  #figures = el("div", { class: "figures" });
  #alerts = el("section", { class: "alerts" });
  #corridors = el("section", { class: "corridors" });
  #stations = el("section", { class: "stations" });
  #strips = [];
  #scheduled = null;

  constructor(box, city, actions) {
    super(box, city, actions);
    box.append(this.#figures, this.#alerts, this.#corridors, this.#stations);
    this.on("layout", () => {
      this.#layCorridors();
      this.#draw();
    });
    this.on("moment", () => this.#drawSoon(0));
    this.on("change", () => this.#drawSoon(SOON_MS));
    this.on("alerts", () => {
      this.#drawFigures();
      this.#drawAlerts();
    });
    this.on("clock", () => this.#drawSoon(LATER_MS));
    this.closing.addEventListener("abort", () => clearTimeout(this.#scheduled?.timer));
    this.#layCorridors();
    this.#draw();
  }

  #drawSoon(delay) {
    const at = performance.now() + delay;
    if (this.#scheduled && this.#scheduled.at <= at) return;
    clearTimeout(this.#scheduled?.timer);
    const timer = setTimeout(() => {
      this.#scheduled = null;
      this.#draw();
    }, delay);
    this.#scheduled = { at, timer };
  }

  #draw() {
    this.#drawFigures();
    this.#drawAlerts();
    this.#drawCorridors();
    this.#drawStations();
  }

  #drawFigures() {
    const segments = [...this.city.segments.values()];
    const stations = [...this.city.stations.values()];
    const sensors = [...this.city.subjects()].flatMap((subject) => subject.sensors);
    const congested = segments.filter((s) => ["congested", "jammed"].includes(segmentState(this.city, s).band.key)).length;
    const poor = stations.filter((s) => !this.city.isDark(s) && s.latest.europeanIndex >= POOR).length;
    const troubled = sensors.filter((s) => {
      const health = this.city.health.get(s.sensorId);
      return health && health.state !== "healthy";
    }).length;
    refill(
      this.#figures,
      figure(text.overview.congested, congested, segments.length),
      figure(text.overview.poorAir, poor, stations.length),
      this.city.past ? "" : figure(text.overview.sensors, troubled, sensors.length),
    );
  }

  #drawAlerts() {
    const { alerts } = this.city;
    const count = el("span", { class: "count", text: String(alerts.length) });
    const heading = el("h2", { text: text.alerts.title }, alerts.length ? count : null);
    const note = text.alerts.from[this.city.alertsFrom];
    refill(
      this.#alerts,
      heading,
      note ? el("p", { class: "hint", text: note }) : "",
      alerts.length || note
        ? alertList(alerts, this.city, (alert) => this.actions.select({ kind: "alert", id: alert.alertId }, true))
        : el("p", { class: "hint calm", text: text.alerts.none }),
    );
  }

  /** Built once; afterwards only what has changed is touched, as there may be thousands of cells. */
  #layCorridors() {
    const others = [...this.city.segments.values()].filter((s) => !s.sensors[0].corridorId);
    this.#strips = this.city
      .corridorIds()
      .sort()
      .map((id) => new Strip(this.city, this.#corridorLink(id), this.city.corridor(id), this.actions));
    if (others.length) this.#strips.push(new Strip(this.city, el("span", { text: text.overview.roads }), others, this.actions));
    this.#corridors.replaceChildren(
      ...(this.#strips.length ? [el("h2", { text: text.overview.corridors }), ...this.#strips.map((strip) => strip.element)] : []),
    );
  }

  #drawCorridors() {
    for (const strip of this.#strips) strip.draw();
  }

  #corridorLink(id) {
    return el("button", {
      type: "button",
      class: "corridor-link",
      "data-id": `corridor ${id}`,
      title: text.corridor.open,
      text: this.city.corridorName(id),
      on: { click: () => this.actions.select({ kind: "corridor", id }, true) },
    });
  }

  #drawStations() {
    const stations = [...this.city.stations.values()].sort(
      (a, b) => this.#level(b) - this.#level(a) || a.name.localeCompare(b.name),
    );
    const rows = stations.map((station) => {
      const dark = this.city.isDark(station);
      const level = dark ? null : station.latest?.europeanIndex;
      const badge = el("i", { class: level ? "level" : "level level-none", text: level ? String(level) : "" });
      tint(tint(badge, level ? europeanTint(level) : "transparent"), europeanInkTint(level), "--ink");
      return el(
        "li",
        {},
        el(
          "button",
          {
            type: "button",
            class: "station-row",
            "data-id": station.id,
            on: { click: () => this.actions.select({ kind: "station", id: station.id }, true) },
          },
          badge,
          el("span", { class: "station-name", text: station.name }),
          el("small", { text: dark ? text.bands.europeanNone : europeanName(level) }),
          el("small", { class: "aqi", text: station.latest?.usAqi && !dark ? text.overview.aqi(station.latest.usAqi) : "" }),
        ),
      );
    });
    const nothing = this.city.segments.size + this.city.stations.size === 0;
    refill(
      this.#stations,
      ...(rows.length
        ? [
            el("h2", { text: text.overview.stations }, el("small", { text: text.overview.stationsNote })),
            el("ul", {}, ...rows),
          ]
        : []),
      nothing ? el("p", { class: "hint", text: text.overview.empty }) : "",
    );
  }

  #level(station) {
    return this.city.isDark(station) ? 0 : (station.latest?.europeanIndex ?? 0);
  }
}

function figure(label, value, total) {
  return el(
    "div",
    { class: value > 0 ? "figure" : "figure figure-calm" },
    el("b", { text: String(value) }, el("small", { text: ` ${text.overview.of(total)}` })),
    el("span", { text: label }),
  );
}
