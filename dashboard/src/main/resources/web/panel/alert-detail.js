import { readMoment } from "../page/address.js";
import { el, tint } from "../page/dom.js";
import { duration, moment } from "../page/format.js";
import { text } from "../text.js";
import { read } from "../live/alerts.js";
import { severityTint } from "../map/bands.js";
import { alertActions } from "./alert-actions.js";
import { deliveriesOf } from "./deliveries.js";
import { evidence } from "./evidence.js";
import { segmentCharts } from "./segment-detail.js";
import { severityTag } from "./alert-list.js";
import { stationCharts } from "./station-detail.js";
import { View } from "./view.js";

const MINUTE = 60_000;

/** One alert: what, where, since when, on what evidence, and the charts of the place. */
export class AlertDetail extends View {
  #id;
  #head = el("div", { class: "alert-head" });
  #charts = el("div", { class: "subject-charts" });
  #evidence = el("div", {});
  #actions = el("div", {});
  #deliveries = el("section", {});
  #shown = null;
  #charted = null;
  #alert = null;

  constructor(box, city, actions, id) {
    super(box, city, actions);
    this.#id = id;
    box.append(this.backButton(), this.#head, this.#actions, this.#charts, this.#evidence, this.#deliveries);
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
    this.#evidence.replaceChildren(...evidence(alert, this.city.moment));
    this.#offer(alert);
    this.#readDeliveries();
    if (!this.#alert) this.#goToItsTime(alert);
    this.#alert = alert;
    this.#locate();
  }

  /** Acts are offered anew only when they change: somebody may be writing a comment. */
  #offer(alert) {
    if (this.#alert && Boolean(this.#alert.acknowledged) === Boolean(alert.acknowledged)) return;
    this.#actions.replaceChildren(alertActions(this, alert, () => this.#read()));
  }

  async #readDeliveries() {
    try {
      const shown = await deliveriesOf(this.#id, this.city.clock?.now, this.closing);
      this.#deliveries.replaceChildren(el("h2", { text: text.deliveries.title }), ...shown);
    } catch {
      this.#deliveries.replaceChildren();
    }
  }

  /** What is over is shown as it was when it was told. */
  #goToItsTime(alert) {
    if (!alert.endedAt || readMoment()) return;
    const told = new Date(alert.history?.[0]?.at ?? alert.startedAt);
    const last = new Date(Date.parse(alert.endedAt) - MINUTE);
    this.actions.goTo(told < last ? told : last);
  }

  #corridorLink() {
    const { id } = this.#alert.subject;
    return el("button", {
      type: "button",
      class: "subject-link",
      text: `${text.corridor.openOf(this.city.corridorName(id))} \u203a`,
      on: { click: () => this.actions.select({ kind: "corridor", id }) },
    });
  }

  #locate() {
    if (!this.#alert) return;
    // Of the past the list knows where it was then.
    const subjects = this.city.subjectsOf((this.city.past && this.#listed()) || this.#alert);
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
      this.#alert.subject?.type === "corridor" ? this.#corridorLink() : "",
      charts(subject, this),
    );
  }
}

function head(alert, city) {
  const started = new Date(alert.startedAt);
  const ended = alert.endedAt ? new Date(alert.endedAt) : null;
  const now = city.moment;
  const lasted = ended || now ? duration((ended ?? now) - started) : "";
  return [
    el(
      "div",
      { class: "tags" },
      severityTag(alert.severity),
      el("span", { class: `state state-${alert.state}`, text: text.alerts.state[alert.state] ?? alert.state }),
      el("span", { class: "kind", text: text.alerts.kind[alert.kind] ?? alert.kind }),
    ),
    tint(el("h1", { text: alert.title }), severityTint(alert.severity)),
    el("p", {
      class: "when",
      text: ended
        ? `${text.alerts.resolved(moment(started, now), moment(ended, now))}, ${text.alerts.lasted(lasted)}`
        : `${text.alerts.since(moment(started, now))}, ${text.alerts.lasted(lasted)}`,
    }),
    alert.summary && alert.summary !== alert.title ? el("p", { class: "lead", text: alert.summary }) : "",
    alert.acknowledged ? el("p", { class: "quiet", text: text.alerts.acknowledged(alert.acknowledged.by) }) : "",
  ];
}
