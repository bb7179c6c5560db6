import { el, tint } from "../page/dom.js";
import { text } from "../text.js";
import { ratioOf } from "../live/speed-ratio.js";
import { speedTint } from "../map/bands.js";
import { segmentState } from "../map/segment-state.js";

/** Where traffic stands, a travel time is a lower bound. */
const STANDSTILL_KMH = 3;

/** A road as a row of coloured cells, with its name and its travel time. */
export class Strip {
  element;
  #city;
  #cells;
  #time = el("small", {});

  constructor(city, name, segments, actions) {
    this.#city = city;
    this.#cells = segments.map((segment) => ({ segment, shown: null, element: cellOf(segment, actions) }));
    this.element = el(
      "div",
      { class: "corridor" },
      el("div", { class: "corridor-head" }, name, this.#time),
      el("div", { class: "strip", on: { keydown: (event) => this.#move(event) } }, ...this.#cells.map(({ element }) => element)),
    );
    if (this.#cells.length) this.#cells[0].element.tabIndex = 0;
  }

  /** One stop for the tab key; within the road the arrow keys move. */
  #move(event) {
    const cells = this.#cells.map(({ element }) => element);
    const at = cells.indexOf(event.target);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: cells.length - 1 }[event.key];
    if (at < 0 || cells[to] === undefined) return;
    event.preventDefault();
    cells[at].tabIndex = -1;
    cells[to].tabIndex = 0;
    cells[to].focus();
  }

  draw() {
    for (const cell of this.#cells) this.#drawCell(cell);
    const time = this.#travelTime();
    if (this.#time.textContent !== time) this.#time.textContent = time;
  }

  #drawCell(cell) {
    const { segment, element } = cell;
    const { band, words: state } = segmentState(this.#city, segment);
    const shown = `${band.key} ${state}`;
    if (shown === cell.shown) return;
    cell.shown = shown;
    const words = `${segment.name}: ${state}`;
    element.title = words;
    element.setAttribute("aria-label", words);
    tint(element, speedTint(band));
  }

  /** Over segments of known length, at the speeds of the moment; nothing while one of them is dark. */
  #travelTime() {
    let hours = 0;
    let freeHours = 0;
    for (const { segment } of this.#cells) {
      const { latest, sensors } = segment;
      const km = (sensors[0].lengthM ?? 0) / 1000;
      const free = latest?.freeFlowSpeedKmh ?? sensors[0].freeFlowSpeedKmh;
      // A minute without vehicles has no speed; the road is free then, unless they stand.
      const speed = latest?.spaceMeanSpeedKmh ?? (ratioOf(latest) === 0 ? STANDSTILL_KMH : free);
      if (!km || !speed || !free || this.#city.isDark(segment)) return "";
      hours += km / Math.max(speed, STANDSTILL_KMH);
      freeHours += km / Math.max(free, speed);
    }
    const minutes = Math.round(hours * 60);
    return text.overview.travelTime(minutes, minutes - Math.round(freeHours * 60));
  }
}

function cellOf(segment, actions) {
  const cell = el("button", {
    type: "button",
    class: "cell",
    tabindex: "-1",
    "data-id": segment.id,
    on: { click: () => actions.select({ kind: "segment", id: segment.id }, true) },
  });
  cell.style.flexGrow = String(segment.sensors[0].lengthM ?? 400);
  return cell;
}
