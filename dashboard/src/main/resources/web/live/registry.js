import { get } from "./api.js";

const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 120_000;

/**
 * Reads the registry into the city. It is read again when something speaks that is not in it, and ever more seldom while
 * that does not help: of a city of thousands of sensors it is large.
 */
export class Registry {
  #city;
  #waitMs = FIRST_WAIT_MS;
  #timer = null;
  #strangers = new Set();

  constructor(city) {
    this.#city = city;
  }

  async read() {
    try {
      this.#city.takeSensors(await get("sensors"));
    } catch (failure) {
      console.warn("the registry cannot be read", failure);
      this.#readLater();
      return;
    }
    const met = [...this.#strangers].some((id) => this.#city.segments.has(id) || this.#city.stations.has(id));
    if (met || !this.#strangers.size) this.#waitMs = FIRST_WAIT_MS;
    this.#strangers.clear();
  }

  /** A segment or a station that is not known has spoken. */
  missing(id) {
    this.#strangers.add(id);
    this.#readLater();
  }

  #readLater() {
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.read();
    }, this.#waitMs);
    this.#waitMs = Math.min(LONGEST_WAIT_MS, this.#waitMs * 2);
  }
}
