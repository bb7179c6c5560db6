import { el } from "../page/dom.js";
import { text } from "../text.js";
import { Chart } from "./chart.js";
import { readSeries } from "./series.js";

const REFRESH_MS = 5000;
const HOUR = 3600_000;

/** Charts of one subject, one above the other on one time axis, with a choice of how far back. */
export class ChartStack {
  #options;
  #hours;
  #charts;
  #note = el("p", { class: "hint" });
  #buttons;
  #waiting = null;

  /** @param options view, subject, measurement, hours (at first), steps (seconds by hours), charts */
  constructor(options) {
    this.#options = options;
    this.#hours = options.hours;
    this.#charts = options.charts.map((chart) => new Chart(chart, options.subject.id));
    this.#buttons = Object.keys(options.steps).map((hours) =>
      el("button", { type: "button", text: text.detail.range[hours], "data-hours": hours, on: { click: () => this.#choose(Number(hours)) } }),
    );
    this.element = el(
      "section",
      { class: "charts" },
      el("div", { class: "range", role: "group" }, ...this.#buttons),
      this.#note,
      ...this.#charts.map((chart) => chart.element),
    );
    const { view } = options;
    view.on("change", (event) => event.detail.has(options.subject) && this.#drawSoon());
    view.on("alerts", () => this.#charts.forEach((chart) => chart.mark(this.#spans())));
    view.closing.addEventListener("abort", () => {
      clearTimeout(this.#waiting);
      this.#charts.forEach((chart) => chart.close());
    });
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", () => this.#draw(), { signal: view.closing });
    this.#choose(this.#hours);
  }

  #choose(hours) {
    this.#hours = hours;
    for (const button of this.#buttons) button.setAttribute("aria-pressed", String(Number(button.dataset.hours) === hours));
    this.#draw();
  }

  /** A while after news, as the store takes a moment; and seldom, however fast the news come. */
  #drawSoon() {
    this.#waiting ??= setTimeout(() => {
      this.#waiting = null;
      this.#draw();
    }, REFRESH_MS);
  }

  async #draw() {
    const { view, subject, measurement, steps, charts } = this.#options;
    const to = view.city.clock?.now ?? new Date();
    const hours = this.#hours;
    const stepSeconds = steps[hours];
    // An hourly value is stamped with the end of its hour, which may not have come.
    const end = new Date(Math.ceil(to / (stepSeconds * 1000)) * stepSeconds * 1000);
    const from = new Date(end - hours * HOUR);
    const fields = charts.flatMap((chart) => chart.series.map((series) => series.field));
    try {
      const { times, columns } = await readSeries({
        measurement,
        subject: subject.id,
        fields,
        // One window more, for the line to enter from the left.
        from: new Date(from - stepSeconds * 1000),
        to: end,
        stepSeconds,
        signal: view.closing,
      });
      if (hours !== this.#hours) return;
      this.#note.textContent = "";
      let next = 0;
      this.#charts.forEach((chart, i) => {
        const own = columns.slice(next, (next += charts[i].series.length));
        chart.show({ times, columns: own, from: from / 1000, to: end / 1000, now: to / 1000, spans: this.#spans(), stepSeconds });
      });
    } catch (failure) {
      if (!view.closing.aborted) this.#note.textContent = text.detail.chartFailed;
    }
  }

  #spans() {
    const { view, subject } = this.#options;
    return view.city.alertsOn(subject).map((alert) => ({
      from: Date.parse(alert.startedAt) / 1000,
      to: alert.endedAt ? Date.parse(alert.endedAt) / 1000 : Infinity,
      severity: alert.severity,
    }));
  }
}
