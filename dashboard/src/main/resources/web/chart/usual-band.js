import { readSeries } from "./series.js";

const WEEKS = 4;
const FEWEST_WEEKS = 2;
const FINEST_STEP_S = 900;
const WEEK_MS = 7 * 24 * 3600_000;

/** What the same hours of the last four weeks were like, for the fields that charts ask for. */
export class UsualBand {
  #measurement;
  #subject;
  #fields;
  #signal;
  #about = "";
  #bands = null;

  constructor(measurement, subject, fields, signal) {
    this.#measurement = measurement;
    this.#subject = subject;
    this.#fields = fields;
    this.#signal = signal;
  }

  /**
   * Lowest and highest value by field: [{from, to, low, high}], times in s; only where at least two weeks say something. The
   * past does not change while we look: it is read again only when the window has moved on.
   */
  async read({ from, to, stepSeconds }) {
    if (!this.#fields.length) return new Map();
    const step = Math.max(FINEST_STEP_S, stepSeconds);
    const [first, last] = [Math.floor(from / 1000 / step) * step, Math.ceil(to / 1000 / step) * step];
    const about = [first, last, step].join();
    if (about !== this.#about) {
      this.#about = about;
      this.#bands = this.#readWeeks(first, last, step);
      this.#bands.catch(() => (this.#about = ""));
    }
    return this.#bands;
  }

  async #readWeeks(first, last, step) {
    const weeks = await Promise.all(
      Array.from({ length: WEEKS }, (_, i) => (i + 1) * WEEK_MS).map((ago) =>
        readSeries({
          measurement: this.#measurement,
          subject: this.#subject,
          fields: this.#fields,
          from: new Date(first * 1000 - ago),
          to: new Date(last * 1000 - ago),
          stepSeconds: step,
          signal: this.#signal,
        }).then(({ times, columns }) => ({ times: times.map((time) => time + ago / 1000), columns })),
      ),
    );
    return new Map(this.#fields.map((field, i) => [field, band(weeks.map(({ times, columns }) => ({ times, values: columns[i] })), step)]));
  }
}

function band(weeks, step) {
  const found = new Map();
  for (const { times, values } of weeks) {
    times.forEach((time, i) => {
      if (values[i] !== null) found.set(time, [...(found.get(time) ?? []), values[i]]);
    });
  }
  return [...found]
    .filter(([, values]) => values.length >= FEWEST_WEEKS)
    .sort(([a], [b]) => a - b)
    .map(([time, values]) => ({ from: time - step, to: time, low: Math.min(...values), high: Math.max(...values) }));
}
