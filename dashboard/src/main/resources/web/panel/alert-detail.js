import { el, tint } from "../page/dom.js";
import { duration, moment } from "../page/format.js";
import { text } from "../text.js";
import { read } from "../live/alerts.js";
import { severityColor } from "../map/bands.js";
import { evidence } from "./evidence.js";
import { segmentCharts } from "./segment-detail.js";
import { severityTag } from "./alert-list.js";
import { stationCharts } from "./station-detail.js";
import { View } from "./view.js";

/** One alert: what, where, since when, on what evidence, and the charts of the place. */
export class AlertDetail extends View {
  #id;
  #head = el("div", { class: "alert-head" });
  #charts = el("div", { class: "subject-charts" });
  #evidence = el("div", {});
  #shown = null;
  #charted = null;
  #alert = null;

  constructor(box, city, actions, id) {
    super(box, city, actions);
    this.#id = id;
    box.append(this.backButton(), this.#head, this.#charts, this.#evidence);
    this.#head.append(el("p", { class: "hint", text: text.alerts.loading }));
    this.on("alerts", () => this.#read());
    this.on("layout", () => this.#locate());
    this.#read();
  }

  #listed() {
    return this.city.alerts.find((alert) => alert.alertId === this.#id);
  }

  async #read() {
    try {
      const alert = await read(this.#id, this.#listed());
      if (!this.closing.aborted) this.#show(alert);
    } catch {
      if (this.closing.aborted || this.#shown) return;
      const listed = this.#listed();
      if (listed) this.#show(listed);
      else this.#head.replaceChildren(el("p", { class: "hint", text: text.alerts.notFound }));
    }
  }

  #show(alert) {
    const content = JSON.stringify(alert);
    if (content === this.#shown) return;
    this.#shown = content;
    this.#head.replaceChildren(...head(alert, this.city));
    this.#evidence.replaceChildren(...evidence(alert, this.city.clock?.now));
    this.#alert = alert;
    this.#locate();
  }

  #locate() {
    if (!this.#alert) return;
    const subjects = this.city.subjectsOf(this.#alert);
    this.actions.show(subjects, this.#charted === null);
    const [subject] = subjects;
    if (!subject || this.#charted === subject) return;
    this.#charted = subject;
    const charts = subject.kind === "segment" ? segmentCharts : stationCharts;
    this.#charts.replaceChildren(
      el("button", {
        type: "button",
        class: "subject-link",
        text: `${subject.name} \u203a`,
        on: { click: () => this.actions.select({ kind: subject.kind, id: subject.id }) },
      }),
      charts(subject, this),
    );
  }
}

function head(alert, city) {
  const started = new Date(alert.startedAt);
  const ended = alert.endedAt ? new Date(alert.endedAt) : null;
  const now = city.clock?.now;
  const lasted = ended || now ? duration((ended ?? now) - started) : "";
  return [
    el(
      "div",
      { class: "tags" },
      severityTag(alert.severity),
      el("span", { class: `state state-${alert.state}`, text: text.alerts.state[alert.state] ?? alert.state }),
      el("span", { class: "kind", text: text.alerts.kind[alert.kind] ?? alert.kind }),
    ),
    tint(el("h1", { text: alert.title }), severityColor(alert.severity)),
    el("p", {
      class: "when",
      text: ended
        ? `${text.alerts.resolved(moment(started, now), moment(ended, now))}, ${text.alerts.lasted(lasted)}`
        : `${text.alerts.since(moment(started, now))}, ${text.alerts.lasted(lasted)}`,
    }),
    alert.summary && alert.summary !== alert.title ? el("p", { class: "lead", text: alert.summary }) : "",
  ];
}
