import { el } from "../page/dom.js";
import { moment, number, percent, shortDate, shortTime } from "../page/format.js";
import { text } from "../text.js";
import { bandOf, severityColor, speedColor, themed } from "../map/bands.js";
import { outline } from "./corridor-grid.js";
import { speedAt } from "./speed-scale.js";

const LEFT = 38;
const BOTTOM = 22;
const TOP = 6;
const RIGHT = 6;
const NICE_MINUTES = [5, 10, 15, 30, 60, 120, 180, 360, 720, 1440];
const NICE_KM = [0.5, 1, 2, 5, 10, 20];

/** Position over time, coloured by speed: driving direction is up, so queues grow downwards. */
export class Diagram {
  element;
  #canvas = el("canvas", { class: "spacetime-canvas", tabindex: "0", role: "img", "aria-label": text.corridor.open });
  #cursor = el("canvas", { class: "spacetime-cursor", "aria-hidden": true });
  #readout = el("p", { class: "spacetime-readout", "aria-live": "polite" });
  #grid = null;
  #view = null;
  #at = null;
  #observer = new ResizeObserver(() => this.#draw());

  /** @param goTo called with the moment that is clicked */
  constructor(goTo) {
    this.element = el(
      "div",
      { class: "spacetime" },
      el("div", { class: "spacetime-box" }, this.#canvas, this.#cursor),
      this.#readout,
    );
    this.#canvas.addEventListener("pointermove", (event) => this.#point(this.#under(event)));
    this.#canvas.addEventListener("pointerleave", () => this.#point(null));
    this.#canvas.addEventListener("click", (event) => {
      const place = this.#under(event);
      if (place) goTo(new Date(this.#grid.times[place.column] * 1000));
    });
    this.#canvas.addEventListener("keydown", (event) => this.#key(event, goTo));
    this.#observer.observe(this.#canvas);
  }

  /** @param view mode ("ratio" or "speed"), from, to, now (s), moment (s or null), label */
  show(grid, view) {
    this.#grid = grid;
    this.#view = view;
    this.#canvas.setAttribute("aria-label", view.label);
    this.#draw();
    this.#point(this.#at);
  }

  get canvas() {
    return this.#canvas;
  }

  close() {
    this.#observer.disconnect();
  }

  #box() {
    const width = this.#canvas.clientWidth;
    const height = this.#canvas.clientHeight;
    const { lanes } = this.#grid;
    const { from, to } = this.#view;
    const bottomM = lanes[0].fromM;
    const topM = lanes.at(-1).toM;
    return {
      width,
      height,
      bottomM,
      topM,
      x: (time) => LEFT + ((time - from) / (to - from)) * (width - LEFT - RIGHT),
      y: (metres) => TOP + ((topM - metres) / (topM - bottomM)) * (height - TOP - BOTTOM),
    };
  }

  #draw() {
    if (!this.#grid?.lanes.length || !this.#canvas.clientWidth) return;
    const box = this.#box();
    const pen = sized(this.#canvas, box);
    sized(this.#cursor, box);
    pen.fillStyle = themed("--raised");
    pen.fillRect(LEFT, TOP, box.width - LEFT - RIGHT, box.height - TOP - BOTTOM);
    this.#drawCells(pen, box);
    this.#drawAxes(pen, box);
    this.#drawEpisodes(pen, box);
    this.#drawMoment(pen, box);
  }

  #drawCells(pen, box) {
    const { times, lanes, stepSeconds } = this.#grid;
    const { from, to } = this.#view;
    const colors = this.#colors(lanes);
    for (const [row, lane] of lanes.entries()) {
      const y = snapped(box.y(lane.toM));
      const height = snapped(box.y(lane.fromM)) - y;
      times.forEach((time, column) => {
        const color = colors(row, column);
        if (!color || time <= from || time > to + stepSeconds) return;
        const x = Math.max(LEFT, snapped(box.x(time - stepSeconds)));
        pen.fillStyle = color;
        pen.fillRect(x, y, snapped(box.x(time)) - x, height);
      });
    }
  }

  /** The colour of a cell; null: nothing is known. Looked up once for each band, as themes are slow to read. */
  #colors(lanes) {
    if (this.#view.mode === "speed") {
      const color = speedAt(fastest(lanes));
      return (row, column) => (lanes[row].speeds[column] === null ? null : color(lanes[row].speeds[column]));
    }
    const byBand = new Map();
    return (row, column) => {
      const ratio = lanes[row].ratios[column];
      if (ratio === null) return null;
      const band = bandOf(ratio);
      if (!byBand.has(band.key)) byBand.set(band.key, speedColor(band));
      return byBand.get(band.key);
    };
  }

  #drawAxes(pen, box) {
    const { from, to } = this.#view;
    pen.font = "11px system-ui, sans-serif";
    pen.fillStyle = themed("--muted");
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    const spanKm = (box.topM - box.bottomM) / 1000;
    const km = NICE_KM.find((each) => spanKm / each <= 8) ?? 50;
    // "|| 0" takes the sign from a negative zero.
    for (let at = Math.ceil(box.bottomM / 1000 / km) * km; at * 1000 <= box.topM; at += km) {
      pen.fillText(number(at || 0, 1), LEFT - 5, box.y(at * 1000));
      pen.fillRect(LEFT - 3, box.y(at * 1000), 3, 1);
    }
    pen.textAlign = "center";
    pen.textBaseline = "top";
    const wanted = (to - from) / 60 / ((box.width - LEFT) / 62);
    const step = (NICE_MINUTES.find((each) => each >= wanted) ?? 1440) * 60;
    // Half hours and whole ones are the same everywhere but for a few zones; days begin with the city's.
    for (let at = Math.ceil(from / step) * step; at < to; at += step) {
      const date = new Date(at * 1000);
      const words = shortTime(date) === "00:00" ? shortDate(date) : shortTime(date);
      const half = pen.measureText(words).width / 2;
      if (box.x(at) + half > box.width || box.x(at) - half < 0) continue;
      pen.fillText(words, box.x(at), box.height - BOTTOM + 6);
      pen.fillRect(box.x(at), box.height - BOTTOM, 1, 3);
    }
    pen.textAlign = "left";
    pen.fillText("km", 2, box.height - BOTTOM + 6);
    pen.textAlign = "center";
    pen.fillText("\u2191", 8, TOP);
  }

  #drawEpisodes(pen, box) {
    const { now, from } = this.#view;
    pen.save();
    pen.beginPath();
    pen.rect(LEFT, TOP, box.width - LEFT - RIGHT, box.height - TOP - BOTTOM);
    pen.clip();
    pen.lineJoin = "round";
    for (const episode of this.#grid.episodes) {
      const corners = outline(episode, this.#grid.lanes, now);
      if (corners.length < 3) continue;
      pen.beginPath();
      for (const [time, metres] of corners) pen.lineTo(box.x(Math.max(time, from - 60)), box.y(metres));
      pen.closePath();
      pen.setLineDash(episode.kind === "incident" ? [5, 4] : []);
      pen.strokeStyle = themed("--surface");
      pen.lineWidth = 4.5;
      pen.stroke();
      pen.strokeStyle = themed("--ink");
      pen.lineWidth = 2;
      pen.stroke();
    }
    pen.restore();
  }

  #drawMoment(pen, box) {
    const { moment: at, from, to } = this.#view;
    if (at === null || at < from || at > to) return;
    pen.fillStyle = themed("--past-line");
    pen.fillRect(box.x(at) - 1, TOP, 2, box.height - TOP - BOTTOM);
  }

  /** Row and column under the pointer. */
  #under(event) {
    if (!this.#grid?.times.length) return null;
    const box = this.#box();
    const { from, to } = this.#view;
    const time = from + ((event.offsetX - LEFT) / (box.width - LEFT - RIGHT)) * (to - from);
    const metres = box.topM - ((event.offsetY - TOP) / (box.height - TOP - BOTTOM)) * (box.topM - box.bottomM);
    const column = this.#grid.times.findIndex((end) => time <= end);
    const row = this.#grid.lanes.findIndex((lane) => metres >= lane.fromM && metres < lane.toM);
    return column < 0 || row < 0 || time < from ? null : { row, column };
  }

  #key(event, goTo) {
    const moves = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [1, 0], ArrowDown: [-1, 0] };
    if (!this.#grid?.times.length) return;
    if (event.key === "Enter" && this.#at) goTo(new Date(this.#grid.times[this.#at.column] * 1000));
    else if (event.key in moves) {
      const [up, right] = moves[event.key];
      const { row, column } = this.#at ?? { row: 0, column: this.#grid.times.length - 1 };
      const within = (value, count) => Math.max(0, Math.min(count - 1, value));
      this.#point({ row: within(row + up, this.#grid.lanes.length), column: within(column + right, this.#grid.times.length) });
    } else return;
    event.preventDefault();
  }

  #point(place) {
    this.#at = place && this.#grid?.lanes[place.row] && this.#grid.times[place.column] ? place : null;
    if (!this.#grid?.lanes.length || !this.#canvas.clientWidth) return;
    const box = this.#box();
    const pen = sized(this.#cursor, box);
    if (!this.#at) {
      this.#readout.textContent = text.corridor.hint;
      return;
    }
    const lane = this.#grid.lanes[this.#at.row];
    const time = this.#grid.times[this.#at.column];
    const middle = (box.y(lane.toM) + box.y(lane.fromM)) / 2;
    pen.fillStyle = themed("--ink");
    pen.globalAlpha = 0.7;
    pen.fillRect(box.x(time - this.#grid.stepSeconds / 2), TOP, 1, box.height - TOP - BOTTOM);
    pen.fillRect(LEFT, middle, box.width - LEFT - RIGHT, 1);
    const speed = lane.speeds[this.#at.column];
    const ratio = lane.ratios[this.#at.column];
    this.#readout.textContent = text.corridor.reading(
      moment(new Date(time * 1000), new Date(this.#view.now * 1000)),
      lane.segment.name,
      speed === null ? null : number(speed, 0),
      ratio === null ? null : percent(ratio),
    );
  }
}

/** On a whole pixel of the screen: between cells no ground shines through, and none is drawn twice. */
const snapped = (at) => Math.round(at * devicePixelRatio) / devicePixelRatio;

const fastest = (lanes) => Math.max(10, ...lanes.flatMap(({ speeds }) => speeds.map((speed) => speed ?? 0)));

/** The canvas at the screen's resolution, wiped. */
function sized(canvas, { width, height }) {
  canvas.width = Math.round(width * devicePixelRatio);
  canvas.height = Math.round(height * devicePixelRatio);
  const pen = canvas.getContext("2d");
  pen.scale(devicePixelRatio, devicePixelRatio);
  return pen;
}
