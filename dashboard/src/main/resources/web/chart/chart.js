import { el, tint } from "../page/dom.js";
import { clockTime, moment, number, shortDate, shortTime, timeZone } from "../page/format.js";
import { text } from "../text.js";
import { europeanColor, europeanName, severityColor, themed } from "../map/bands.js";
import { COMPARISON_COLORS } from "./comparison.js";
import { thresholds } from "./thresholds.js";

const HEIGHT = 112;
const INDEX_HEIGHT = 58;
const SMALL_HEIGHT = 62;
const FAR_ABOVE = 2;
const AXIS_WIDTH = 42;
const NICE_TIMES = [60, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400];

/** One chart with its title, its values under the pointer, and the alerts of its subject shaded. */
export class Chart {
  #options;
  #subject;
  #zoom;
  #readout = el("span", { class: "readout" });
  #plotBox = el("div", { class: "plot", tabindex: "0", role: "group" });
  #plot = null;
  #drawn = "";
  #data = null;
  #observer;

  /**
   * @param options title, unit, kind ("index", "share" or none), series, reference, usual (whether what is usual is shaded),
   *     optional (whether it is left out while there is nothing to draw)
   * @param zoom called with {from, to}, the first and the last moment to look at; null: the whole time
   */
  constructor(options, subject, zoom) {
    this.#options = options;
    this.#subject = subject;
    this.#zoom = zoom;
    this.element = el(
      "figure",
      { class: "chart", "data-chart": options.series[0].field },
      el("figcaption", {}, el("span", { text: options.title }), this.#readout),
      this.#plotBox,
    );
    this.#plotBox.setAttribute("aria-label", text.chart.keys(options.title));
    this.#plotBox.addEventListener("keydown", (event) => this.#key(event));
    // What changes under a pointer is seen; what the keys move to is read out.
    this.#plotBox.addEventListener("focus", () => this.#readout.setAttribute("aria-live", "polite"));
    this.#plotBox.addEventListener("blur", () => this.#readout.removeAttribute("aria-live"));
    this.#observer = new ResizeObserver(() => this.#plot?.setSize(this.#size()));
    this.#observer.observe(this.#plotBox);
  }

  show(data) {
    this.#data = data;
    this.element.dataset.usual = data.usual.length;
    this.element.dataset.spans = data.spans.length;
    this.element.dataset.limits = this.#watched().length;
    this.element.hidden = Boolean(this.#options.optional) && data.columns.every((column) => column.every((value) => value === null));
    const columns = data.columns.map((column, i) => {
      const { scale } = this.#series()[i];
      return scale ? column.map((value) => (value === null ? null : value * scale)) : column;
    });
    const look = [data.from, data.to, themed("--ink"), themed("--road-free"), ...data.others.map(({ id }) => id)].join(" ");
    const { left, top } = this.#plot?.cursor ?? { left: -1 };
    if (this.#plot === null || look !== this.#drawn) {
      this.#plot?.destroy();
      this.#drawn = look;
      this.#plot = new uPlot(this.#plotOptions(), [data.times, ...columns], this.#plotBox);
    } else {
      this.#plot.setData([data.times, ...columns]);
    }
    // Whoever is pointing goes on reading what is under the pointer.
    if (left >= 0) this.#plot.setCursor({ left, top });
    else this.#read(null);
  }

  /** Its own lines, and one for each subject that it is compared with. */
  #series() {
    const [first] = this.#options.series;
    const others = this.#data.others.map((other, i) => ({ ...first, label: String(i + 1), color: COMPARISON_COLORS[i], fill: false }));
    return [...this.#options.series, ...others];
  }

  /** The moment that is looked at has moved. */
  mark(moment) {
    if (!this.#data) return;
    this.#data.moment = moment;
    this.#plot?.redraw(false);
  }

  /** The chart as a picture, with its title; nothing while it is not drawn. */
  picture(name) {
    if (!this.#plot || this.element.hidden) return [];
    const { title, unit } = this.#options;
    const others = this.#data.others.map((other, i) => `${i + 1} ${other.name}`);
    return [{ canvas: this.#plot.ctx.canvas, words: [`${name}: ${[title, unit].filter(Boolean).join(", ")}`, ...others].join(" \u00b7 ") }];
  }

  /** The values that are shown, column by column. */
  table() {
    if (!this.#plot || this.element.hidden) return [];
    const [times, ...columns] = this.#plot.data;
    const { unit } = this.#options;
    return this.#series().map((one, i) => ({
      title: [i < this.#options.series.length ? this.#subject.id : this.#data.others[i - this.#options.series.length].id, one.field, unit].filter(Boolean).join(" "),
      times,
      values: columns[i],
    }));
  }

  close() {
    this.#observer.disconnect();
    this.#plot?.destroy();
    this.#plot = null;
  }

  #size() {
    return {
      width: Math.max(120, this.#plotBox.clientWidth),
      height: { index: INDEX_HEIGHT, share: SMALL_HEIGHT }[this.#options.kind] ?? HEIGHT,
    };
  }

  #plotOptions() {
    const { kind } = this.#options;
    const series = this.#series();
    const axis = {
      stroke: themed("--muted"),
      font: "11px system-ui, sans-serif",
      grid: { stroke: themed("--grid"), width: 1 },
      ticks: { show: false },
    };
    return {
      ...this.#size(),
      legend: { show: false },
      padding: [6, 8, 0, 0],
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), timeZone()),
      cursor: {
        sync: { key: `charts of ${this.#subject.id}`, setSeries: false },
        points: { size: 6 },
        y: false,
        drag: { x: true, y: false, setScale: false, dist: 6 },
      },
      scales: {
        x: { range: () => [this.#data.from, this.#data.to] },
        y: kind ? { range: kind === "index" ? [0, 1] : [0, 100] } : { range: (_, min, max) => this.#range(max) },
      },
      axes: [
        { ...axis, size: 22, gap: 4, values: (_, splits) => splits.map(tick), space: 56, incrs: NICE_TIMES },
        kind === "index"
          ? { ...axis, size: AXIS_WIDTH, values: () => [], grid: { show: false } }
          : { ...axis, size: AXIS_WIDTH, gap: 6, space: 26, values: (_, splits) => splits.map((value) => number(value)) },
      ],
      series: [{}, ...series.map((one) => (kind === "index" ? { paths: () => null, points: { show: false } } : line(one)))],
      hooks: {
        drawClear: [(plot) => this.#drawUsual(plot), (plot) => this.#drawSpans(plot)],
        draw: [
          (plot) => (kind === "index" ? this.#drawLevels(plot) : this.#drawReferences(plot)),
          (plot) => this.#drawMoment(plot),
        ],
        setSelect: [(plot) => this.#marked(plot)],
        setCursor: [(plot) => this.#read(plot.cursor.idx)],
      },
    };
  }

  #marked(plot) {
    const { left, width } = plot.select;
    if (width < 6) return;
    const from = plot.posToVal(left, "x");
    const to = plot.posToVal(left + width, "x");
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.#zoom({ from: new Date(from * 1000), to: new Date(to * 1000) });
  }

  /** Arrow keys move from value to value, plus looks closer at it, minus and Escape show the whole time. */
  #key(event) {
    if (!this.#plot) return;
    const times = this.#plot.data[0];
    const first = times.findIndex((time) => time > this.#data.from);
    const last = times.length - 1;
    const at = this.#plot.cursor.idx;
    const to = { ArrowLeft: (at ?? last + 1) - 1, ArrowRight: (at ?? last - 1) + 1, Home: first, End: last }[event.key];
    if (to !== undefined && first >= 0) this.#point(Math.max(first, Math.min(last, to)));
    else if (event.key === "+" && at !== null && at !== undefined) this.#lookCloser(times[at]);
    else if (event.key === "-" || event.key === "Escape") this.#zoom(null);
    else return;
    event.preventDefault();
  }

  #point(index) {
    this.#plot.setCursor({ left: this.#plot.valToPos(this.#plot.data[0][index], "x"), top: 0 }, true, true);
  }

  #lookCloser(time) {
    const quarter = (this.#data.to - this.#data.from) / 4;
    this.#zoom({ from: new Date((time - quarter) * 1000), to: new Date((time + quarter) * 1000) });
  }

  /** What rules watch for in what is drawn. */
  #watched() {
    return this.#options.series.flatMap(({ field, scale = 1 }) =>
      thresholds(field, this.#subject).map(({ value, label }) => ({ value: value * scale, label, limit: true })),
    );
  }

  /** Lines that values are held against: what is usual, and what rules watch for; not those far above all values. */
  #references(highest) {
    const own = this.#options.reference?.() ?? {};
    return [...(own.value ? [own] : []), ...this.#watched()].filter(({ value }) => value <= highest * FAR_ABOVE);
  }

  /** From zero to a bit above what is shown. */
  #range(max) {
    const highest = Math.max(max ?? 0, 1, ...this.#data.usual.map(({ high }) => high));
    return [0, Math.max(highest, ...this.#references(highest).map(({ value }) => value)) * 1.12];
  }

  /** Behind everything else: where the values of the last weeks lay. */
  #drawUsual(plot) {
    const { left, top, width, height } = plot.bbox;
    const canvas = plot.ctx;
    canvas.save();
    canvas.beginPath();
    canvas.rect(left, top, width, height);
    canvas.clip();
    canvas.fillStyle = themed("--muted");
    canvas.globalAlpha = 0.22;
    for (const { from, to, low, high } of this.#data.usual) {
      const x0 = plot.valToPos(from, "x", true);
      const y0 = plot.valToPos(high, "y", true);
      const thin = Math.max(plot.valToPos(low, "y", true) - y0, devicePixelRatio);
      canvas.fillRect(x0, y0, plot.valToPos(to, "x", true) - x0, thin);
    }
    canvas.restore();
  }

  #drawSpans(plot) {
    const { left, top, width, height } = plot.bbox;
    const canvas = plot.ctx;
    canvas.save();
    for (const span of this.#data.spans) {
      const x0 = Math.max(left, plot.valToPos(Math.max(span.from, this.#data.from), "x", true));
      const x1 = Math.min(left + width, plot.valToPos(Math.min(span.to, this.#data.now), "x", true));
      if (x1 <= x0) continue;
      canvas.fillStyle = severityColor(span.severity);
      canvas.globalAlpha = 0.13;
      canvas.fillRect(x0, top, x1 - x0, height);
      canvas.globalAlpha = 0.8;
      if (span.from >= this.#data.from) canvas.fillRect(x0, top, devicePixelRatio, height);
    }
    canvas.restore();
  }

  #drawMoment(plot) {
    const { moment, from, to } = this.#data;
    if (moment === null || moment < from || moment > to) return;
    const { top, height } = plot.bbox;
    plot.ctx.fillStyle = themed("--past-line");
    plot.ctx.fillRect(plot.valToPos(moment, "x", true) - devicePixelRatio, top, 2 * devicePixelRatio, height);
  }

  /** Dashed lines with their names. */
  #drawReferences(plot) {
    if (this.#options.kind) return;
    const { left, width } = plot.bbox;
    const canvas = plot.ctx;
    canvas.save();
    canvas.lineWidth = devicePixelRatio;
    canvas.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
    canvas.font = `${10 * devicePixelRatio}px system-ui, sans-serif`;
    canvas.textBaseline = "bottom";
    for (const { value, label, limit } of this.#references(Math.max(1, plot.scales.y.max / 1.12))) {
      const y = plot.valToPos(value, "y", true);
      canvas.strokeStyle = canvas.fillStyle = themed(limit ? "--severity-severe" : "--muted");
      canvas.beginPath();
      canvas.moveTo(left, y);
      canvas.lineTo(left + width, y);
      canvas.stroke();
      canvas.textAlign = limit ? "left" : "right";
      canvas.fillText(label, limit ? left + 3 * devicePixelRatio : left + width, y - 2 * devicePixelRatio);
    }
    canvas.restore();
  }

  /** One coloured cell per hour, its level in it where there is room. */
  #drawLevels(plot) {
    const { top, height } = plot.bbox;
    const canvas = plot.ctx;
    const levels = plot.data[1];
    canvas.save();
    plot.data[0].forEach((time, i) => {
      const level = levels[i] === null ? null : Math.round(levels[i]);
      if (!level || time <= this.#data.from) return;
      const x0 = plot.valToPos(time - this.#data.stepSeconds, "x", true);
      const x1 = plot.valToPos(time, "x", true);
      canvas.fillStyle = europeanColor(level);
      canvas.fillRect(x0 + devicePixelRatio / 2, top, x1 - x0 - devicePixelRatio, height);
    });
    canvas.restore();
  }

  #readUsual(time) {
    const usual = this.#data.usual.find(({ from, to }) => time > from && time <= to);
    return usual ? el("span", { class: "usual", text: text.chart.usual(number(usual.low), number(usual.high)), title: text.chart.usualHint }) : "";
  }

  /** Values under the pointer; without one, the newest. */
  #read(index) {
    if (!this.#plot) return;
    const [times, ...columns] = this.#plot.data;
    const { unit, kind } = this.#options;
    const series = this.#series();
    const at = index ?? newest(columns);
    const parts = at === null || at === undefined || times[at] === undefined
      ? [el("span", { text: text.detail.chartEmpty })]
      : [
          ...series.map((one, i) => {
            if (one.optional && columns[i][at] === null) return "";
            const value = columns[i][at];
            const words = kind === "index" ? (value ? europeanName(Math.round(value)) : "\u2013") : number(value);
            const label = series.length > 1 && one.label ? `${one.label} ` : "";
            const item = el("span", { class: "reading" }, label, el("b", { text: words }));
            return one.color ? tint(item, `var(${one.color})`) : item;
          }),
          unit ? el("span", { text: unit }) : "",
          this.#readUsual(times[at]),
          index !== null && index !== undefined ? el("time", { text: moment(new Date(times[at] * 1000), new Date(this.#data.now * 1000)), title: clockTime(new Date(times[at] * 1000)) }) : "",
        ];
    this.#readout.replaceChildren(...parts);
  }
}

function newest(columns) {
  for (let i = columns[0].length - 1; i >= 0; i--) if (columns.some((column) => column[i] !== null)) return i;
  return null;
}

function line({ color, fill, dash, stepped }) {
  const stroke = themed(color);
  return {
    stroke,
    width: 1.6,
    fill: fill ? `${stroke}24` : undefined,
    dash: dash ? [4, 4] : undefined,
    // An hourly mean holds for the hour before its stamp.
    paths: stepped ? uPlot.paths.stepped({ align: -1 }) : undefined,
    points: { show: false },
  };
}

function tick(seconds) {
  const date = new Date(seconds * 1000);
  const time = shortTime(date);
  return time === "00:00" ? shortDate(date) : time;
}
