import { el, tint } from "../page/dom.js";
import { text } from "../text.js";

const MOST = 3;
export const COMPARISON_COLORS = ["--compare-1", "--compare-2", "--compare-3"];

/** Other subjects of the same kind whose values are laid over the charts, each with a colour of its own. */
export class Comparison {
  subjects = [];
  #city;
  #subject;
  #changed;
  select = el("select", { class: "choice compare", "aria-label": text.chart.compare, title: text.chart.compare, on: { change: () => this.#add() } });
  chips = el("ul", { class: "compare-chips" });

  constructor(city, subject, changed) {
    this.#city = city;
    this.#subject = subject;
    this.#changed = changed;
    if (subject.kind === "sensor") this.select.hidden = true;
    else this.#fill();
  }

  #fill() {
    const { kind, id, sensors } = this.#subject;
    const all = kind === "segment" ? this.#city.segments : this.#city.stations;
    const taken = new Set([id, ...this.subjects.map((subject) => subject.id)]);
    const near = (other) => (other.sensors[0].corridorId === sensors[0].corridorId ? 0 : 1);
    const others = [...all.values()]
      .filter((other) => !taken.has(other.id))
      .sort((a, b) => near(a) - near(b) || a.name.localeCompare(b.name, "en", { numeric: true }));
    this.select.replaceChildren(
      el("option", { value: "", text: text.chart.compare }),
      ...others.map((other) => el("option", { value: other.id, text: other.name })),
    );
    this.select.disabled = this.subjects.length >= MOST;
    this.chips.replaceChildren(...this.subjects.map((subject, i) => el("li", {}, this.#chip(subject, i))));
  }

  #chip(subject, i) {
    return tint(
      el("button", {
        type: "button",
        class: "compare-chip",
        title: text.chart.remove(subject.name),
        text: `${i + 1}  ${subject.name} \u00d7`,
        on: { click: () => this.#take(this.subjects.filter((other) => other !== subject)) },
      }),
      `var(${COMPARISON_COLORS[i]})`,
    );
  }

  #add() {
    const all = this.#subject.kind === "segment" ? this.#city.segments : this.#city.stations;
    const other = all.get(this.select.value);
    if (other) this.#take([...this.subjects, other]);
  }

  #take(subjects) {
    this.subjects = subjects;
    this.#fill();
    this.#changed();
  }
}
