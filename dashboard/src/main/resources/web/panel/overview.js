import { el, tint } from "../page/dom.js";
import { number } from "../page/format.js";
import { text } from "../text.js";
import { europeanColor, europeanInk, europeanName, speedBand, speedColor } from "../map/bands.js";
import { alertList } from "./alert-list.js";
import { View } from "./view.js";

const POOR = 4;

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
    this.on("change", () => this.#drawSoon());
    this.on("alerts", () => {
      this.#drawFigures();
      this.#drawAlerts();
    });
    this.on("clock", () => this.#drawSoon());
    this.closing.addEventListener("abort", () => clearTimeout(this.#scheduled));
    this.#draw();
  }

  /** At most once a second, and not under a pointer that is about to click. */
  #drawSoon() {
    this.#scheduled ??= setTimeout(() => {
      this.#scheduled = null;
      this.#draw();
    }, 1000);
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
    this.#figures.replaceChildren(
      figure(text.overview.congested, congested, segments.length),
      figure(text.overview.poorAir, poor, stations.length),
      figure(text.overview.sensors, troubled, sensors.length),
    );
  }

  #drawAlerts() {
    const { alerts } = this.city;
    const count = el("span", { class: "count", text: String(alerts.length) });
    const heading = el("h2", { text: text.alerts.title }, alerts.length ? count : null);
    const notes = { nowhere: text.alerts.unavailable, stream: text.alerts.fromStream };
    const note = notes[this.city.alertsFrom];
    keepFocus(this.#alerts, () =>
      this.#alerts.replaceChildren(
        heading,
        note ? el("p", { class: "hint", text: note }) : "",
        alerts.length || note
          ? alertList(alerts, this.city, (alert) => this.actions.select({ kind: "alert", id: alert.alertId }, true))
          : el("p", { class: "hint calm", text: text.alerts.none }),
      ),
    );
  }

  #drawCorridors() {
    const ids = this.city.corridorIds();
    const others = [...this.city.segments.values()].filter((s) => !s.sensors[0].corridorId);
    const strips = ids.sort().map((id) => this.#strip(corridorName(id, this.city.corridor(id)), this.city.corridor(id)));
    if (others.length) strips.push(this.#strip(text.overview.roads, others));
    keepFocus(this.#corridors, () =>
      this.#corridors.replaceChildren(...(strips.length ? [el("h2", { text: text.overview.corridors }), ...strips] : [])),
    );
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
      return tint(cell, speedColor(band));
    });
    return el(
      "div",
      { class: "corridor" },
      el("div", { class: "corridor-head" }, el("span", { text: name }), el("small", { text: travelTime(segments) })),
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
      tint(tint(badge, level ? europeanColor(level) : "transparent"), europeanInk(level), "--ink");
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
    keepFocus(this.#stations, () =>
      this.#stations.replaceChildren(
        ...(rows.length
          ? [
              el("h2", { text: text.overview.stations }, el("small", { text: text.overview.stationsNote })),
              el("ul", {}, ...rows),
            ]
          : []),
        this.city.segments.size + this.city.stations.size === 0 ? el("p", { class: "hint", text: text.overview.empty }) : "",
      ),
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

/** What the segments' names have in common, which is the road's name, or its id. */
function corridorName(id, segments) {
  const named = segments.find((s) => s.sensors[0].attributes?.corridorName)?.sensors[0].attributes.corridorName;
  if (named) return named;
  const names = segments.map((segment) => segment.name);
  let length = 0;
  while (names.length > 1 && names.every((name) => name[length] !== undefined && name[length] === names[0][length])) length++;
  const common = names[0]?.slice(0, length).replace(/[\s,.:\-\d(]+$/, "") ?? "";
  return common.length >= 4 ? common : id;
}

function travelTime(segments) {
  let hours = 0;
  let freeHours = 0;
  for (const { latest, sensors } of segments) {
    const km = (sensors[0].lengthM ?? 0) / 1000;
    const free = latest?.freeFlowSpeedKmh ?? sensors[0].freeFlowSpeedKmh;
    const speed = latest?.spaceMeanSpeedKmh ?? free;
    if (!km || !speed || !free) return "";
    hours += km / Math.max(speed, 1);
    freeHours += km / Math.max(free, speed);
  }
  const minutes = Math.round(hours * 60);
  return text.overview.travelTime(minutes, minutes - Math.round(freeHours * 60));
}

/** Replacing content must not take the keyboard's place away. */
function keepFocus(section, replace) {
  const id = section.contains(document.activeElement) ? document.activeElement.dataset.id : null;
  replace();
  if (id) [...section.querySelectorAll("[data-id]")].find((element) => element.dataset.id === id)?.focus();
}
