import { el, refill, tint } from "../page/dom.js";
import { moment } from "../page/format.js";
import { saveCsv, savePng } from "../page/save.js";
import { text } from "../text.js";
import { SPEED_BANDS, themed } from "../map/bands.js";
import { readGrid } from "../spacetime/corridor-grid.js";
import { Diagram } from "../spacetime/diagram.js";
import { alertList } from "./alert-list.js";
import { choices } from "./choices.js";
import { View } from "./view.js";
import { widthButton } from "./wide.js";

const HOUR = 3600_000;
const REFRESH_MS = 30_000;
const STEPS = { 1: 60, 3: 60, 12: 300, 24: 600 };

/** One corridor: position over time coloured by speed, with the outlines of its episodes. */
export class CorridorDetail extends View {
  #id;
  #hours = 3;
  #mode = "ratio";
  #grid = null;
  #look = null;
  #diagram = new Diagram((at) => this.actions.goTo(at));
  #head = el("div", { class: "subject-head" });
  #note = el("p", { class: "hint" });
  #legend = el("ul", { class: "spacetime-legend" });
  #alerts = el("div", {});

  constructor(box, city, actions, id, go) {
    super(box, city, actions);
    this.#id = id;
    box.append(
      this.backButton(),
      this.#head,
      el(
        "div",
        { class: "toolbar" },
        choices(text.corridor.span, Object.keys(STEPS).map(Number), this.#hours, text.corridor.hours, (hours) => {
          this.#hours = hours;
          this.#read();
        }),
        choices(text.corridor.colour, ["ratio", "speed"], this.#mode, (mode) => text.corridor.modes[mode], (mode) => {
          this.#mode = mode;
          this.#draw();
        }),
        widthButton(),
        el("button", { type: "button", class: "tool", text: text.export.pngShort, title: text.export.png, on: { click: () => this.#savePng() } }),
        el("button", { type: "button", class: "tool", text: text.export.csvShort, title: text.export.csv, on: { click: () => this.#saveCsv() } }),
      ),
      this.#note,
      this.#diagram.element,
      this.#legend,
      this.#alerts,
    );
    this.on("layout", () => this.#open(false));
    this.on("moment", () => this.#turn());
    this.on("alerts", () => this.#drawAlerts());
    const timer = setInterval(() => this.city.past || this.#read(), REFRESH_MS);
    this.onLook(() => this.#draw());
    this.closing.addEventListener("abort", () => {
      clearInterval(timer);
      this.#diagram.close();
    });
    this.#open(go);
  }

  #open(go) {
    const segments = this.city.corridor(this.#id);
    if (!segments.length) {
      this.#head.replaceChildren(el("p", { class: "hint", text: text.detail.notFound(this.#id) }));
      return;
    }
    const name = this.city.corridorName(this.#id);
    this.#head.replaceChildren(
      el("p", { class: "eyebrow", text: text.corridor.kind(segments.length) }),
      el("h1", { text: name }),
    );
    this.actions.show(segments, go);
    this.#drawAlerts();
    this.#read();
  }

  #window() {
    const now = this.city.clock?.now ?? new Date();
    const span = this.#hours * HOUR;
    const to = this.city.past ? Math.min(now, this.city.past.getTime() + span / 4) : now.getTime();
    return { from: new Date(to - span), to: new Date(to), now };
  }

  #turn() {
    const { past } = this.city;
    if (past && this.#look && past >= this.#look.from && past <= this.#look.to) this.#draw();
    else this.#read();
  }

  async #read() {
    const look = this.#window();
    const hours = this.#hours;
    try {
      const grid = await readGrid(this.city, this.#id, { ...look, stepSeconds: STEPS[hours], signal: this.closing });
      if (hours !== this.#hours) return;
      this.#grid = grid;
      this.#look = look;
      this.#note.textContent = "";
      this.#draw();
    } catch {
      if (!this.closing.aborted) this.#note.textContent = text.detail.chartFailed;
    }
  }

  #draw() {
    if (!this.#grid) return;
    const { from, to, now } = this.#look;
    this.#diagram.show(this.#grid, {
      mode: this.#mode,
      from: from / 1000,
      to: to / 1000,
      now: now / 1000,
      moment: this.city.past ? this.city.past / 1000 : null,
      label: text.corridor.label(this.city.corridorName(this.#id), moment(from, now), moment(to, now), this.#grid.episodes.length),
    });
    this.#legend.replaceChildren(...legend(this.#mode, this.#grid));
  }

  #drawAlerts() {
    const members = new Set(this.city.corridor(this.#id));
    const alerts = this.city.alerts.filter((alert) => this.city.subjectsOf(alert).some((subject) => members.has(subject)));
    refill(
      this.#alerts,
      alertList(alerts, this.city, (alert) => this.actions.select({ kind: "alert", id: alert.alertId }, true)),
    );
  }

  #savePng() {
    if (!this.#grid) return;
    const { from, to } = this.#look;
    const words = `${this.city.corridorName(this.#id)}, ${from.toISOString()} \u2013 ${to.toISOString()}`;
    savePng([{ canvas: this.#diagram.canvas, words }], `${this.#id}-space-time`, { ground: themed("--surface"), ink: themed("--ink") });
  }

  #saveCsv() {
    if (!this.#grid) return;
    const rows = [["time", "segment", "position_m", "speed_kmh", "speed_ratio"]];
    for (const { segment, positionM, speeds, ratios } of this.#grid.lanes) {
      this.#grid.times.forEach((time, i) => rows.push([new Date(time * 1000).toISOString(), segment.id, positionM, speeds[i], ratios[i]]));
    }
    saveCsv(rows, `${this.#id}-space-time`);
  }
}

function legend(mode, { lanes }) {
  const bands = [...SPEED_BANDS].reverse();
  const fastest = Math.max(10, ...lanes.flatMap(({ speeds }) => speeds.map((speed) => speed ?? 0)));
  const swatches = bands.map((band, i) => {
    const next = bands[i + 1];
    const words =
      mode === "ratio"
        ? next
          ? text.corridor.below(Math.round(next.from * 100))
          : text.bands.speed.free
        : `${Math.round((fastest * i) / (bands.length - 1))}`;
    return el("li", {}, tint(el("i", { class: "swatch-cell" }), `var(--road-${band.key})`), words);
  });
  return [
    ...swatches,
    mode === "speed" ? el("li", { text: text.units.speed }) : "",
    el("li", {}, el("i", { class: "swatch-outline" }), text.corridor.queue),
    el("li", {}, el("i", { class: "swatch-outline swatch-incident" }), text.corridor.incident),
  ];
}
