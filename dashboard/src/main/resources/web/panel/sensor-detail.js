import { el } from "../page/dom.js";
import { duration, moment, percent } from "../page/format.js";
import { text } from "../text.js";
import { ChartStack } from "../chart/chart-stack.js";
import { get } from "../live/api.js";
import { readSeries } from "../chart/series.js";
import { View } from "./view.js";

const DAY_MS = 86_400_000;
/** As far as one answer reaches by the minute. */
const LOOK_BACK_MS = 13 * DAY_MS;
const MOST_GAPS = 20;
const GAPS_REFRESH_MS = 60_000;
const REFRESH_MS = 15_000;
/** What a table of readings need not repeat. */
const KNOWN = ["sensorId", "cityId", "receivedAt", "clockAt", "bootId"];

/** One sensor: what is thought of it and why, what it is, its trust over time, and where data is missing. */
export class SensorDetail extends View {
  #id;
  #head = el("div", { class: "subject-head" });
  #registry = el("section", {});
  #gaps = el("section", {});
  #readings = el("section", {});
  #charts = el("div", {});
  #subject = null;
  #gapsAt = 0;

  constructor(box, city, actions, id, go) {
    super(box, city, actions);
    this.#id = id;
    box.append(
      el("button", {
        type: "button",
        class: "back",
        text: `\u2190 ${text.sensors.title}`,
        on: { click: () => this.actions.select({ kind: "view", id: "sensors" }) },
      }),
      this.#head,
      this.#gaps,
      this.#charts,
      this.#readings,
      this.#registry,
    );
    const timer = setInterval(() => this.#subject && this.#readReadings(), REFRESH_MS);
    this.closing.addEventListener("abort", () => clearInterval(timer));
    this.on("layout", () => this.#open(false));
    this.on("change", (event) => event.detail.has(this.#subject) && this.#change());
    this.#open(go);
  }

  #open(go) {
    this.#subject = this.city.subjectOfSensor(this.#id) ?? null;
    if (!this.#subject) {
      this.#head.replaceChildren(el("p", { class: "hint", text: text.detail.notFound(this.#id) }));
      return;
    }
    this.actions.show([this.#subject], go);
    this.#draw();
    if (this.#charts.hasChildNodes()) return;
    const sensor = this.#sensor();
    this.#registry.replaceChildren(el("h2", { text: text.sensors.registry }), facts(sensor));
    this.#charts.append(trustChart(sensor, this.#subject, this).element);
    this.#readGaps();
    this.#readReadings();
  }

  #change() {
    this.#draw();
    if (performance.now() - this.#gapsAt >= GAPS_REFRESH_MS) this.#readGaps();
  }

  async #readReadings() {
    try {
      const { readings } = await get(`sensors/${encodeURIComponent(this.#id)}/readings`, {}, this.closing);
      this.#readings.replaceChildren(
        el("h2", { text: text.sensors.readings }),
        readings.length ? readingsTable(readings, this.city.clock?.now) : el("p", { class: "hint calm", text: text.sensors.noReadings }),
      );
    } catch {
      // Those that are shown stay; they carry their time.
    }
  }

  #sensor() {
    return this.#subject.sensors.find(({ sensorId }) => sensorId === this.#id);
  }

  #draw() {
    const sensor = this.#sensor();
    const health = this.city.health.get(this.#id);
    const state = health?.state ?? "healthy";
    const now = this.city.clock?.now;
    const findings = health?.findings ?? [];
    this.#head.replaceChildren(
      el("p", { class: "eyebrow", text: `${text.sensors.kind[sensor.kind] ?? sensor.kind} \u00b7 ${this.#id}` }),
      el("h1", { text: sensor.name || this.#id }),
      el(
        "p",
        { class: "now" },
        el("b", { class: `health health-${state}`, text: text.health.states[state] ?? state }),
        health ? el("span", { class: "quiet", text: `${text.health.trust(percent(health.trust))} \u00b7 ${text.health.since(moment(new Date(health.since), now))}` }) : "",
      ),
      health?.reason ? el("p", { text: health.reason }) : "",
      findings.length
        ? el("ul", { class: "findings" }, ...findings.map((finding) => el("li", {}, el("b", { text: text.health.states[finding.kind] ?? finding.kind }), ` ${finding.detail} `, el("span", { class: "quiet", text: text.health.since(moment(new Date(finding.since), now)) }))))
        : "",
      this.#subjectLink(),
    );
  }

  #subjectLink() {
    const { kind, id, name } = this.#subject;
    return el("button", { type: "button", class: "subject-link", text: `${name} \u203a`, on: { click: () => this.actions.select({ kind, id }) } });
  }

  /** Stretches of the last day in which nothing came, as the summaries of its segment or station tell. */
  async #readGaps() {
    this.#gapsAt = performance.now();
    const traffic = this.#subject.kind === "segment";
    const to = this.city.clock?.now ?? new Date();
    const stepSeconds = traffic ? 60 : 3600;
    const start = Math.floor((to - DAY_MS) / (stepSeconds * 1000)) * stepSeconds * 1000;
    try {
      const { times, columns } = await readSeries({
        measurement: traffic ? "traffic" : "air",
        subject: this.#subject.id,
        fields: ["completeness"],
        from: new Date(start),
        to,
        stepSeconds,
        signal: this.closing,
      });
      const gaps = gapsOf(times, columns[0], stepSeconds);
      this.#gaps.replaceChildren(
        el("h2", { text: text.sensors.gaps }, el("small", { text: text.sensors.gapsNote(this.#subject.sensors.length) })),
        gaps.length
          ? el("ul", { class: "gaps" }, ...gaps.slice(0, MOST_GAPS).map(({ from, to: end }) => el("li", {}, text.detail.window(moment(new Date(from * 1000), to), moment(new Date(end * 1000), to)), el("small", { text: ` ${duration((end - from) * 1000)}` }))))
          : el("p", { class: "hint calm", text: text.sensors.noGaps }),
      );
    } catch {
      this.#gaps.replaceChildren();
    }
  }
}

/** From the first window with data on: before it the sensor may not have been there. The newest window may still come. */
function gapsOf(times, shares, stepSeconds) {
  const gaps = [];
  const first = shares.findIndex((share) => share > 0);
  if (first < 0) return gaps;
  for (let i = first; i < times.length - 2; i++) {
    if (shares[i] > 0) continue;
    const last = gaps.at(-1);
    if (last?.to === times[i] - stepSeconds) last.to = times[i];
    else gaps.push({ from: times[i] - stepSeconds, to: times[i] });
  }
  return gaps.reverse();
}

function facts(sensor) {
  const rows = Object.entries(sensor).filter(
    ([name, value]) => !["latest", "health", "attributes"].includes(name) && value !== null && value !== false && typeof value !== "object",
  );
  return el("dl", { class: "facts facts-registry" }, ...rows.flatMap(([name, value]) => [el("dt", { text: name }), el("dd", { text: String(value) })]));
}

function readingsTable(readings, now) {
  const columns = [...new Set(readings.flatMap((reading) => Object.keys(reading)))].filter((name) => !KNOWN.includes(name));
  const cell = (name, value) => {
    if (value === null || value === undefined) return "";
    if (name === "observedAt") return moment(new Date(value), now);
    return Array.isArray(value) ? value.join(", ") : String(value);
  };
  return el(
    "div",
    { class: "table-box", tabindex: "0" },
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, ...columns.map((name) => el("th", { scope: "col", text: name })))),
      el(
        "tbody",
        {},
        ...readings.map((reading) => el("tr", {}, ...columns.map((name) => el("td", { text: cell(name, reading[name]) })))),
      ),
    ),
  );
}

function trustChart(sensor, news, view) {
  const health = () => view.city.health.get(sensor.sensorId) ?? null;
  return new ChartStack({
    view,
    subject: { id: sensor.sensorId, name: sensor.sensorId, kind: "sensor", sensors: [sensor] },
    news,
    measurement: "sensor_health",
    hours: 24,
    ranges: [24, 168, 720],
    finestStepSeconds: 600,
    charts: [{ title: text.sensors.trust, unit: text.units.percent, kind: "share", series: [{ field: "trust", color: "--chart-1", scale: 100, fill: true, stepped: true }] }],
    held: {
      before: (moment, signal) => trustBefore(sensor.sensorId, moment, health(), signal),
      latest: () => health() && { since: Date.parse(health().since) / 1000, value: health().trust },
    },
  });
}

/** The trust that held at a moment: as it is now, if nothing has changed since; else as it was last told before. */
async function trustBefore(sensorId, moment, health, signal) {
  if (health && Date.parse(health.at) <= moment) return health.trust;
  const { columns } = await readSeries({
    measurement: "sensor_health",
    subject: sensorId,
    fields: ["trust"],
    from: new Date(moment - LOOK_BACK_MS),
    to: moment,
    stepSeconds: 60,
    signal,
  });
  return columns[0].findLast((trust) => trust !== null) ?? null;
}
