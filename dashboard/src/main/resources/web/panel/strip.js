import { el, tint } from "../page/dom.js";
import { number } from "../page/format.js";
import { text } from "../text.js";
import { speedBand, speedTint } from "../map/bands.js";

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
      el("div", { class: "strip" }, ...this.#cells.map(({ element }) => element)),
    );
  }

  draw() {
    for (const cell of this.#cells) this.#drawCell(cell);
    const time = this.#travelTime();
    if (this.#time.textContent !== time) this.#time.textContent = time;
  }

  #drawCell(cell) {
    const { segment, element } = cell;
    const dark = this.#city.isDark(segment);
    const band = dark ? { key: "none" } : speedBand(segment.latest);
    const speed = dark ? text.bands.speed.none : `${number(segment.latest?.spaceMeanSpeedKmh, 0)} km/h`;
    const shown = `${band.key} ${speed}`;
    if (shown === cell.shown) return;
    cell.shown = shown;
    const words = `${segment.name}: ${speed}`;
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
      // A minute without vehicles has no speed; the road is free then.
      const speed = latest?.spaceMeanSpeedKmh ?? free;
      if (!km || !speed || !free || this.#city.isStale(segment)) return "";
      hours += km / Math.max(speed, 1);
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
    "data-id": segment.id,
    on: { click: () => actions.select({ kind: "segment", id: segment.id }, true) },
  });
  cell.style.flexGrow = String(segment.sensors[0].lengthM ?? 400);
  return cell;
}
