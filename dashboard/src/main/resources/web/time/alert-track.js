import { el } from "../page/dom.js";
import { severityColor, themed } from "../map/bands.js";
import { listAlerts, bySeverity } from "../live/alerts.js";

const REFRESH_MS = 30_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const HEIGHT_PX = 8;

/** A thin line that shows when alerts were open, worst on top: where to look in the past. */
export class AlertTrack {
  element = el("canvas", { class: "time-track", "aria-hidden": true });
  #city;
  #alerts = [];
  #hours = 3;
  #from = 0;
  #to = 0;

  constructor(city) {
    this.#city = city;
    new ResizeObserver(() => this.#draw()).observe(this.element);
    setInterval(() => this.#read(), REFRESH_MS);
    document.addEventListener("look", () => this.#draw());
    city.addEventListener("alerts", () => !city.past && this.#read());
  }

  look(hours) {
    this.#hours = hours;
    this.#read();
  }

  show(from, to) {
    if (from === this.#from && to === this.#to) return;
    this.#from = from;
    this.#to = to;
    this.#draw();
  }

  async #read() {
    const now = this.#city.clock?.now;
    if (!now) return;
    try {
      // By the minute, so that screens that look at the same span ask the same.
      const from = Math.floor((now - this.#hours * HOUR) / MINUTE) * MINUTE;
      const alerts = await listAlerts({ from: new Date(from).toISOString() });
      this.#alerts = alerts.filter((alert) => !alert.withdrawn).sort(bySeverity);
      this.#draw();
    } catch {
      // The list of alerts says that the service does not answer.
    }
  }

  #draw() {
    const canvas = this.element;
    const width = canvas.clientWidth * devicePixelRatio;
    const height = HEIGHT_PX * devicePixelRatio;
    if (!width || this.#to <= this.#from) return;
    canvas.width = width;
    canvas.height = height;
    const pen = canvas.getContext("2d");
    pen.fillStyle = themed("--grid");
    pen.fillRect(0, 0, width, height);
    const x = (time) => ((time - this.#from) / (this.#to - this.#from)) * width;
    for (const alert of this.#alerts) {
      const x0 = Math.max(0, x(Date.parse(alert.startedAt)));
      const x1 = Math.min(width, x(alert.endedAt ? Date.parse(alert.endedAt) : this.#to));
      if (x1 < 0 || x0 > width) continue;
      pen.fillStyle = severityColor(alert.severity);
      pen.fillRect(x0, 0, Math.max(devicePixelRatio, x1 - x0), height);
    }
  }
}
