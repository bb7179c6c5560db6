import { el, refill, tint } from "../page/dom.js";
import { number } from "../page/format.js";
import { text } from "../text.js";
import { europeanInkTint, europeanName, europeanTint, speedBand, speedTint } from "../map/bands.js";
import { alertList } from "./alert-list.js";
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
  #scheduled = null;

  constructor(box, city, actions) {
    super(box, city, actions);
    box.append(this.#figures, this.#alerts, this.#corridors, this.#stations);
    this.on("layout", () => this.#draw());
    this.on("change", () => this.#drawSoon(SOON_MS));
    this.on("alerts", () => {
      this.#drawFigures();
      this.#drawAlerts();
    });
    this.on("clock", () => this.#drawSoon(LATER_MS));
    this.closing.addEventListener("abort", () => clearTimeout(this.#scheduled?.timer));
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
    const congested = segments.filter(
      (s) => !this.city.isDark(s) && ["congested", "jammed"].includes(speedBand(s.latest).key),
    ).length;
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
    const notes = { nowhere: text.alerts.unavailable, stream: text.alerts.fromStream };
    const note = notes[this.city.alertsFrom];
    refill(
      this.#alerts,
      heading,
      note ? el("p", { class: "hint", text: note }) : "",
      alerts.length || note
        ? alertList(alerts, this.city, (alert) => this.actions.select({ kind: "alert", id: alert.alertId }, true))
        : el("p", { class: "hint calm", text: text.alerts.none }),
    );
  }

  #drawCorridors() {
    const ids = this.city.corridorIds();
    const others = [...this.city.segments.values()].filter((s) => !s.sensors[0].corridorId);
    const strips = ids.sort().map((id) => this.#strip(this.#corridorLink(id), this.city.corridor(id)));
    if (others.length) strips.push(this.#strip(el("span", { text: text.overview.roads }), others));
    refill(this.#corridors, ...(strips.length ? [el("h2", { text: text.overview.corridors }), ...strips] : []));
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

  #strip(name, segments) {
    const cells = segments.map((segment) => {
      const dark = this.city.isDark(segment);
      const band = dark ? { key: "none" } : speedBand(segment.latest);
      const speed = dark ? text.bands.speed.none : `${number(segment.latest?.spaceMeanSpeedKmh, 0)} km/h`;
      const cell = el("button", {
        type: "button",
        class: "cell",
        "data-id": segment.id,
        title: `${segment.name}: ${speed}`,
        "aria-label": `${segment.name}: ${speed}`,
        on: { click: () => this.actions.select({ kind: "segment", id: segment.id }, true) },
      });
      cell.style.flexGrow = String(segment.sensors[0].lengthM ?? 400);
      return tint(cell, speedTint(band));
    });
    return el(
      "div",
      { class: "corridor" },
      el("div", { class: "corridor-head" }, name, el("small", { text: this.#travelTime(segments) })),
      el("div", { class: "strip" }, ...cells),
    );
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
          el("small", { class: "aqi", text: station.latest?.usAqi && !dark ? `AQI ${station.latest.usAqi}` : "" }),
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

  /** Over segments of known length, at the speeds of now; nothing while one of them is dark. */
  #travelTime(segments) {
    let hours = 0;
    let freeHours = 0;
    for (const segment of segments) {
      const { latest, sensors } = segment;
      const km = (sensors[0].lengthM ?? 0) / 1000;
      const free = latest?.freeFlowSpeedKmh ?? sensors[0].freeFlowSpeedKmh;
      // A minute without vehicles has no speed; the road is free then.
      const speed = latest?.spaceMeanSpeedKmh ?? free;
      if (!km || !speed || !free || this.city.isStale(segment)) return "";
      hours += km / Math.max(speed, 1);
      freeHours += km / Math.max(free, speed);
    }
    const minutes = Math.round(hours * 60);
    return text.overview.travelTime(minutes, minutes - Math.round(freeHours * 60));
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
