import { themed } from "./bands.js";

const SPACINGS_M = [100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];
const WANTED_PX = 90;
const METRES_PER_DEGREE = 111_195;

/** Faint lines at round distances, so that an empty map still has a measure. */
export class Graticule {
  #map;
  #lines = [];
  #renderer;
  #removed = false;

  constructor(map) {
    this.#map = map;
    map.createPane("graticule").style.zIndex = 200;
    this.#renderer = L.canvas({ pane: "graticule", padding: 0.5 });
    map.on("moveend", () => this.repaint());
  }

  /** Where a real map lies under the city it is not needed. */
  remove() {
    this.#removed = true;
    this.repaint();
  }

  repaint() {
    for (const line of this.#lines) line.remove();
    this.#lines = [];
    if (this.#removed) return;
    const bounds = this.#map.getBounds().pad(0.5);
    if (bounds.getEast() - bounds.getWest() > 20) return;
    const cos = Math.cos((this.#map.getCenter().lat * Math.PI) / 180);
    const height = this.#map.distance(bounds.getSouthWest(), bounds.getNorthWest()) / (2 * this.#map.getSize().y || 1);
    const spacing = SPACINGS_M.find((metres) => metres / height >= WANTED_PX) ?? SPACINGS_M.at(-1);
    const north = spacing / METRES_PER_DEGREE;
    const east = north / roundedCos(cos);
    for (const lat of multiples(north, bounds.getSouth(), bounds.getNorth())) {
      this.#add([lat, bounds.getWest()], [lat, bounds.getEast()]);
    }
    for (const lng of multiples(east, bounds.getWest(), bounds.getEast())) {
      this.#add([bounds.getSouth(), lng], [bounds.getNorth(), lng]);
    }
  }

  #add(from, to) {
    const options = { renderer: this.#renderer, interactive: false, color: themed("--map-grid"), weight: 1, opacity: 1 };
    this.#lines.push(L.polyline([from, to], options).addTo(this.#map));
  }
}

/** In coarse steps, so that lines keep their place while the map is moved. */
const roundedCos = (cos) => Math.max(0.02, Math.round(cos * 50) / 50);

function* multiples(step, from, to) {
  for (let i = Math.ceil(from / step); i * step <= to; i++) yield i * step;
}
