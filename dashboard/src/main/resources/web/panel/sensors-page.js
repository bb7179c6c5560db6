import { el, refill } from "../page/dom.js";
import { duration, percent } from "../page/format.js";
import { text } from "../text.js";
import { View } from "./view.js";

const MOST_ROWS = 200;
const REDRAW_MS = 5000;

/** Every sensor with its health, those in trouble first. */
export class SensorsPage extends View {
  #trouble = "";
  #words = "";
  #counts = el("div", { class: "figures figures-small" });
  #table = el("div", { class: "table-box", tabindex: "0" });
  #timer = null;

  constructor(box, city, actions) {
    super(box, city, actions);
    const states = Object.entries(text.health.states);
    const select = el(
      "select",
      { class: "choice", "aria-label": text.sensors.state, on: { change: () => this.#set(() => (this.#trouble = select.value)) } },
      el("option", { value: "", text: text.sensors.anyState }),
      ...states.map(([value, words]) => el("option", { value, text: words })),
    );
    box.append(
      this.backButton(),
      el("h1", { text: text.sensors.title }),
      this.#counts,
      el(
        "div",
        { class: "filters" },
        select,
        el("input", {
          type: "search",
          class: "field",
          placeholder: text.sensors.search,
          "aria-label": text.sensors.search,
          on: { input: (event) => this.#set(() => (this.#words = event.target.value.trim().toLowerCase())) },
        }),
      ),
      this.#table,
    );
    this.on("layout", () => this.#draw());
    this.on("change", () => this.#drawSoon());
    this.closing.addEventListener("abort", () => clearTimeout(this.#timer));
    this.#draw();
  }

  #set(apply) {
    apply();
    this.#draw();
  }

  #drawSoon() {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#draw();
    }, REDRAW_MS);
  }

  #draw() {
    const all = [...this.city.subjects()].flatMap((subject) =>
      subject.sensors.map((sensor) => ({ sensor, subject, health: this.city.health.get(sensor.sensorId) ?? null })),
    );
    const found = all
      .filter(({ health }) => !this.#trouble || (health?.state ?? "healthy") === this.#trouble)
      .filter(({ sensor }) => [sensor.sensorId, sensor.name].some((each) => each?.toLowerCase().includes(this.#words)))
      .sort((a, b) => (a.health?.trust ?? 1) - (b.health?.trust ?? 1) || a.sensor.sensorId.localeCompare(b.sensor.sensorId));
    refill(this.#counts, ...counts(all));
    refill(
      this.#table,
      el("p", { class: "quiet", text: text.sensors.found(found.length, Math.min(found.length, MOST_ROWS)) }),
      this.#rows(found.slice(0, MOST_ROWS)),
    );
  }

  #rows(found) {
    const { columns } = text.sensors;
    const now = this.city.clock?.now;
    return el(
      "table",
      { class: "sensors" },
      el("thead", {}, el("tr", {}, ...Object.values(columns).map((name) => el("th", { scope: "col", text: name })))),
      el("tbody", {}, ...found.map((each) => this.#row(each, now))),
    );
  }

  #row({ sensor, subject, health }, now) {
    const state = health?.state ?? "healthy";
    const end = subject.live ? new Date(subject.live.windowEnd) : null;
    return el(
      "tr",
      {},
      el(
        "td",
        {},
        el("button", {
          type: "button",
          class: "subject-link",
          "data-id": sensor.sensorId,
          text: sensor.sensorId,
          on: { click: () => this.actions.select({ kind: "sensor", id: sensor.sensorId }, true) },
        }),
        el("small", { text: sensor.name ?? "" }),
      ),
      el(
        "td",
        {},
        el("span", { class: `health health-${state}`, text: text.health.states[state] ?? state }),
        state !== "healthy" && health.reason && el("small", { text: health.reason }),
      ),
      el("td", { text: health ? percent(health.trust) : "\u2013" }),
      el("td", { text: end && now ? text.sensors.ago(duration(Math.max(0, now - end))) : text.sensors.never }),
    );
  }
}

function counts(all) {
  const states = new Map();
  for (const { health } of all) {
    const state = health?.state ?? "healthy";
    states.set(state, (states.get(state) ?? 0) + 1);
  }
  return [...states]
    .sort((a, b) => b[1] - a[1])
    .map(([state, count]) =>
      el(
        "div",
        { class: state === "healthy" ? "figure figure-calm" : "figure" },
        el("b", { text: String(count) }),
        el("span", { text: text.health.states[state] ?? state }),
      ),
    );
}
