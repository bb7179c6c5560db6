import { el } from "../page/dom.js";
import { saveCsv, savePng } from "../page/save.js";
import { text } from "../text.js";
import { themed } from "../map/bands.js";
import { choices } from "../panel/choices.js";
import { widthButton } from "../panel/wide.js";
import { Chart } from "./chart.js";
import { Comparison } from "./comparison.js";
import { held, readSeries } from "./series.js";
import { readSpans } from "./spans.js";
import { readRules } from "./thresholds.js";
import { UsualBand } from "./usual-band.js";

const REFRESH_MS = 5000;
const HOUR = 3600_000;
const MOST_POINTS = 400;
const NICE_STEPS_S = [60, 300, 600, 1800, 3600, 10_800];

/** Charts of one subject, one above the other on one time axis, which can be zoomed; others can be laid over them. */
export class ChartStack {
  #options;
  #hours;
  #charts;
  #comparison;
  #usual;
  #note = el("p", { class: "hint", role: "status" });
  #reset = el("button", { type: "button", class: "tool", text: text.chart.unzoom, hidden: true, on: { click: () => this.#zoom(null) } });
  #waiting = null;
  #shown = null;
  #zoomed = null;
  #asked = null;
  #closing = new AbortController();

  /**
   * @param options view, subject, measurement, hours (at first), ranges (hours), finestStepSeconds, charts; news: the city's
   *     subject whose news are the charts', where it is not the subject itself; held: of series that are told only when they
   *     change, before(moment, signal), what held then, and latest(), as held() takes it
   */
  constructor(options) {
    this.#options = options;
    this.#hours = options.hours;
    const { view, subject } = options;
    const { signal } = this.#closing;
    view.closing.addEventListener("abort", () => this.close(), { signal });
    this.#charts = options.charts.map((chart) => new Chart(chart, subject, (range) => this.#zoom(range)));
    this.#comparison = new Comparison(view.city, subject, () => this.#draw());
    const usual = options.charts.filter((chart) => chart.usual).map((chart) => chart.series[0].field);
    this.#usual = new UsualBand(options.measurement, subject.id, usual, signal);
    this.element = el(
      "section",
      { class: "charts" },
      el(
        "div",
        { class: "toolbar" },
        choices(text.chart.span, options.ranges, this.#hours, text.chart.hours, (hours) => {
          this.#hours = hours;
          this.#zoom(null);
        }),
        this.#comparison.select,
        widthButton(),
        el("button", { type: "button", class: "tool", text: text.export.pngShort, title: text.export.png, on: { click: () => this.#savePng() } }),
        el("button", { type: "button", class: "tool", text: text.export.csvShort, title: text.export.csv, on: { click: () => this.#saveCsv() } }),
        this.#reset,
      ),
      this.#comparison.chips,
      this.#note,
      ...this.#charts.map((chart) => chart.element),
    );
    const news = options.news ?? subject;
    view.city.addEventListener("change", ({ detail }) => !view.city.past && detail.has(news) && this.#drawSoon(), { signal });
    view.city.addEventListener("moment", () => this.#turn(), { signal });
    document.addEventListener("look", () => this.#draw(), { signal });
    this.#draw();
  }

  /** With its view, or before it when others take its place. */
  close() {
    this.#closing.abort();
    clearTimeout(this.#waiting);
    this.#charts.forEach((chart) => chart.close());
  }

  #zoom(range) {
    this.#zoomed = range;
    this.#reset.hidden = range === null;
    this.#draw();
  }

  /** A while after news, as the store takes a moment; and seldom, however fast the news come. */
  #drawSoon() {
    this.#waiting ??= setTimeout(() => {
      this.#waiting = null;
      this.#draw();
    }, REFRESH_MS);
  }

  /** Now; of the past, some time after the moment that is looked at. */
  #end() {
    const { city } = this.#options.view;
    const now = city.clock?.now ?? new Date();
    if (!city.past) return now;
    return new Date(Math.min(now, city.past.getTime() + (this.#hours * HOUR) / 4));
  }

  /** The moment of the past that is looked at, s; null: live. */
  #moment() {
    const { past } = this.#options.view.city;
    return past ? past / 1000 : null;
  }

  /** Another moment: only the line moves while it stays in sight. */
  #turn() {
    const { past } = this.#options.view.city;
    const inSight = past && this.#shown && past >= this.#shown.from && past <= this.#shown.to;
    if (inSight || this.#zoomed) this.#charts.forEach((chart) => chart.mark(this.#moment()));
    else this.#draw();
  }

  /** What is looked at: from, to, and the width of a step. */
  #window() {
    const { finestStepSeconds } = this.#options;
    const end = this.#zoomed?.to ?? this.#end();
    const span = this.#zoomed ? this.#zoomed.to - this.#zoomed.from : this.#hours * HOUR;
    const wanted = Math.max(finestStepSeconds, span / 1000 / MOST_POINTS);
    const stepSeconds = NICE_STEPS_S.find((step) => step >= wanted) ?? NICE_STEPS_S.at(-1);
    // An hourly value is stamped with the end of its hour, which may not have come.
    const to = new Date(Math.ceil(end / (stepSeconds * 1000)) * stepSeconds * 1000);
    return { from: new Date(to - Math.ceil(span / 1000 / stepSeconds) * stepSeconds * 1000), to, stepSeconds };
  }

  async #draw() {
    const { subject, measurement, charts } = this.#options;
    const window = this.#window();
    const asked = (this.#asked = Symbol("the newest drawing"));
    const ask = (id, fields) =>
      readSeries({
        measurement,
        subject: id,
        fields,
        // One window more, for the line to enter from the left.
        from: new Date(window.from - window.stepSeconds * 1000),
        to: window.to,
        stepSeconds: window.stepSeconds,
        signal: this.#closing.signal,
      });
    try {
      const [own, before, spans, others, usual] = await Promise.all([
        ask(subject.id, charts.flatMap((chart) => chart.series.map((series) => series.field))),
        this.#options.held?.before(window.from, this.#closing.signal),
        readSpans(subject, window.from, window.to, this.#closing.signal).catch(() => []),
        Promise.all(this.#comparison.subjects.map((other) => ask(other.id, charts.map((chart) => chart.series[0].field)))),
        this.#usual.read(window).catch(() => new Map()),
        readRules(),
      ]);
      if (asked !== this.#asked || this.#closing.signal.aborted) return;
      this.#note.textContent = "";
      this.#shown = window;
      if (this.#options.held) {
        const latest = this.#options.held.latest();
        own.columns = own.columns.map((column) => held(own.times, column, before, latest, this.#end() / 1000));
      }
      this.#show(window, own, spans, others, usual);
    } catch {
      if (!this.#closing.signal.aborted) this.#note.textContent = text.detail.chartFailed;
    }
  }

  #show(window, own, spans, others, usual) {
    let next = 0;
    this.#charts.forEach((chart, i) => {
      const { series } = this.#options.charts[i];
      const count = series.length;
      const columns = own.columns.slice(next, (next += count));
      chart.show({
        times: own.times,
        columns: [...columns, ...others.map((other) => other.columns[i])],
        others: this.#comparison.subjects,
        from: window.from / 1000,
        to: window.to / 1000,
        now: (this.#options.view.city.clock?.now ?? new Date()) / 1000,
        moment: this.#moment(),
        spans,
        usual: usual.get(series[0].field) ?? [],
        stepSeconds: window.stepSeconds,
      });
    });
  }

  #name() {
    const { subject } = this.#options;
    return `${subject.id}-${this.#shown?.to.toISOString().slice(0, 16) ?? ""}`;
  }

  #savePng() {
    const parts = this.#charts.flatMap((chart) => chart.picture(this.#options.subject.name));
    if (parts.length) savePng(parts, this.#name(), { ground: themed("--surface"), ink: themed("--ink") });
  }

  #saveCsv() {
    const columns = this.#charts.flatMap((chart) => chart.table());
    if (!columns.length) return;
    const rows = columns[0].times.map((time, i) => [new Date(time * 1000).toISOString(), ...columns.map(({ values }) => values[i])]);
    saveCsv([["time", ...columns.map(({ title }) => title)], ...rows], this.#name());
  }
}
