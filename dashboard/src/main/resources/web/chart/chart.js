import { el, tint } from "../page/dom.js";
import { clockTime, moment, number, shortDate, shortTime, timeZone } from "../page/format.js";
import { text } from "../text.js";
import { europeanColor, europeanName, severityColor, themed } from "../map/bands.js";

const HEIGHT = 112;
const INDEX_HEIGHT = 58;
const AXIS_WIDTH = 42;
const NICE_TIMES = [60, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400];

/** One chart with its title, its values under the pointer, and the alerts of its subject shaded. */
export class Chart {
  #options;
  #syncKey;
  #readout = el("span", { class: "readout" });
  #plotBox = el("div", { class: "plot" });
  #plot = null;
  #drawn = "";
  #data = null;
  #observer;

  /** @param options title, unit, kind ("index" or none), series, reference */
  constructor(options, syncKey) {
    this.#options = options;
    this.#syncKey = syncKey;
    this.element = el(
      "figure",
      { class: "chart", "data-chart": options.series[0].field },
      el("figcaption", {}, el("span", { text: options.title }), this.#readout),
      this.#plotBox,
    );
    this.#observer = new ResizeObserver(() => this.#plot?.setSize(this.#size()));
    this.#observer.observe(this.#plotBox);
  }

  show(data) {
    this.#data = data;
    const { series } = this.#options;
    const columns = data.columns.map((column, i) => {
      const { scale } = series[i];
      return scale ? column.map((value) => (value === null ? null : value * scale)) : column;
    });
    const look = `${data.from} ${data.to} ${matchMedia("(prefers-color-scheme: dark)").matches}`;
    if (this.#plot === null || look !== this.#drawn) {
      this.#plot?.destroy();
      this.#drawn = look;
      this.#plot = new uPlot(this.#plotOptions(), [data.times, ...columns], this.#plotBox);
    } else {
      this.#plot.setData([data.times, ...columns]);
    }
    this.#read(null);
  }

  /** Draws the alerts' times anew. */
  mark(spans) {
    if (!this.#data) return;
    this.#data.spans = spans;
    this.#plot?.redraw(false);
  }

  close() {
    this.#observer.disconnect();
    this.#plot?.destroy();
    this.#plot = null;
  }

  #size() {
    return {
      width: Math.max(120, this.#plotBox.clientWidth),
      height: this.#options.kind === "index" ? INDEX_HEIGHT : HEIGHT,
    };
  }

  #plotOptions() {
    const { series, kind } = this.#options;
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
        sync: { key: this.#syncKey, setSeries: false },
        points: { size: 6 },
        y: false,
        drag: { x: false, y: false },
      },
      scales: {
        x: { range: () => [this.#data.from, this.#data.to] },
        y: kind === "index" ? { range: [0, 1] } : { range: (_, min, max) => this.#range(max) },
      },
      axes: [
        { ...axis, size: 22, gap: 4, values: (_, splits) => splits.map(tick), space: 56, incrs: NICE_TIMES },
        kind === "index"
          ? { ...axis, size: AXIS_WIDTH, values: () => [], grid: { show: false } }
          : { ...axis, size: AXIS_WIDTH, gap: 6, space: 26, values: (_, splits) => splits.map((value) => number(value)) },
      ],
      series: [{}, ...series.map((one) => (kind === "index" ? { paths: () => null, points: { show: false } } : line(one)))],
      hooks: {
        drawClear: [(plot) => this.#drawSpans(plot)],
        draw: [(plot) => (kind === "index" ? this.#drawLevels(plot) : this.#drawReference(plot))],
        setCursor: [(plot) => this.#read(plot.cursor.idx)],
      },
    };
  }

  /** From zero to a bit above what is shown. */
  #range(max) {
    const reference = this.#options.reference?.().value ?? 0;
    return [0, Math.max(max ?? 0, reference, 1) * 1.12];
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

  /** A dashed line with its name, such as the free-flow speed. */
  #drawReference(plot) {
    const reference = this.#options.reference?.();
    if (!reference?.value) return;
    const { left, width } = plot.bbox;
    const y = plot.valToPos(reference.value, "y", true);
    const canvas = plot.ctx;
    canvas.save();
    canvas.strokeStyle = canvas.fillStyle = themed("--muted");
    canvas.lineWidth = devicePixelRatio;
    canvas.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
    canvas.beginPath();
    canvas.moveTo(left, y);
    canvas.lineTo(left + width, y);
    canvas.stroke();
    canvas.font = `${10 * devicePixelRatio}px system-ui, sans-serif`;
    canvas.textAlign = "right";
    canvas.textBaseline = "bottom";
    canvas.fillText(reference.label, left + width, y - 2 * devicePixelRatio);
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

  /** Values under the pointer; without one, the newest. */
  #read(index) {
    if (!this.#plot) return;
    const [times, ...columns] = this.#plot.data;
    const { series, unit, kind } = this.#options;
    const at = index ?? newest(columns);
    const parts = at === null || at === undefined || times[at] === undefined
      ? [el("span", { text: text.detail.chartEmpty })]
      : [
          ...series.map((one, i) => {
            const value = columns[i][at];
            const words = kind === "index" ? (value ? europeanName(Math.round(value)) : "\u2013") : number(value);
            const label = series.length > 1 ? `${one.label} ` : "";
            const item = el("span", { class: "reading" }, label, el("b", { text: words }));
            return one.color ? tint(item, `var(${one.color})`) : item;
          }),
          unit ? el("span", { text: unit }) : "",
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
    spanGaps: false,
  };
}

function tick(seconds) {
  const date = new Date(seconds * 1000);
  const time = shortTime(date);
  return time === "00:00" ? shortDate(date) : time;
}
