import { el, exchange, refill, tint } from "../page/dom.js";
import { duration, moment } from "../page/format.js";
import { text } from "../text.js";
import { read } from "../live/alerts.js";
import { ApiError } from "../live/api.js";
import { severityTint } from "../map/bands.js";
import { alertActions } from "./alert-actions.js";
import { deliveriesOf } from "./deliveries.js";
import { evidence } from "./evidence.js";
import { segmentCharts } from "./segment-detail.js";
import { severityTag } from "./alert-list.js";
import { stationCharts } from "./station-detail.js";
import { View } from "./view.js";

const MINUTE = 60_000;
const REDRAW_MS = 10_000;

/** One alert: what, where, since when, on what evidence, and the charts of the place. */
export class AlertDetail extends View {
  #id;
  #head = el("div", { class: "alert-head" });
  #charts = el("div", { class: "subject-charts" });
  #evidence = el("div", {});
  #actions = el("div", {});
  #deliveries = el("section", {});
  #shown = null;
  #stack = null;
  #charted = null;
  #alert = null;
  #drawnAt = 0;
  /** Whether the opened link named a moment of its own. */
  #given;
  /** The moment that the page went to for the alert's sake, and the one where it was; null: live. */
  #went = null;
  #before = null;

  constructor(box, city, actions, id, go, at) {
    super(box, city, actions);
    this.#id = id;
    this.#given = at !== null;
    box.append(this.backButton(), this.#head, this.#actions, this.#charts, this.#evidence, this.#deliveries);
    this.#head.append(el("p", { class: "hint", text: text.alerts.loading }));
    // While the past is played its list changes by the moment, the alert does not.
    this.on("alerts", () => (this.city.past && this.#alert ? this.#locate() : this.#read()));
    this.on("layout", () => this.#locate());
    this.on("clock", () => this.#drawLater());
    this.closing.addEventListener("abort", () => this.#goBack());
    this.#read();
  }

  #listed() {
    return this.city.alerts.find((alert) => alert.alertId === this.#id);
  }

  async #read() {
    try {
      const alert = await read(this.#id);
      if (!this.closing.aborted) this.#show(alert);
    } catch (failure) {
      if (this.closing.aborted || this.#shown) return;
      const listed = this.#listed();
      if (listed) this.#show(listed);
      else this.#head.replaceChildren(el("p", { class: "hint", text: failure instanceof ApiError && failure.status === 404 ? text.alerts.notFound : text.alerts.unreadable }));
    }
  }

  #drawHead() {
    this.#drawnAt = performance.now();
    refill(this.#head, ...head(this.#alert, this.city));
  }

  /** What is open lasts longer. */
  #drawLater() {
    if (this.#alert && performance.now() - this.#drawnAt >= REDRAW_MS) this.#drawHead();
  }

  #show(alert) {
    const content = JSON.stringify(alert);
    if (content === this.#shown) return;
    this.#shown = content;
    this.#evidence.replaceChildren(...evidence(alert, this.city.moment));
    this.#offer(alert);
    this.#readDeliveries();
    if (!this.#alert) this.#goToItsTime(alert);
    this.#alert = alert;
    this.#drawHead();
    this.#locate();
  }

  /** Acts are offered anew only when they change: somebody may be writing a comment. */
  #offer(alert) {
    if (this.#alert && Boolean(this.#alert.acknowledged) === Boolean(alert.acknowledged)) return;
    exchange(this.#actions, alertActions(this, alert, () => this.#read()));
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
    if (!alert.endedAt || this.#given) return;
    const told = new Date(alert.history?.[0]?.at ?? alert.startedAt);
    const last = new Date(Date.parse(alert.endedAt) - MINUTE);
    this.#before = this.city.past;
    this.#went = told < last ? told : last;
    this.actions.goTo(this.#went);
  }

  /** Who leaves the alert leaves its time, unless for its place. */
  #goBack() {
    const { past } = this.city;
    const there = past ? Number(past) === Number(this.#went) : this.#before === null;
    if (this.#went && there) this.actions.goTo(this.#before);
  }

  #selectPlace(selection) {
    this.#went = null;
    this.actions.select(selection);
  }

  #corridorLink() {
    const { id } = this.#alert.subject;
    return el("button", {
      type: "button",
      class: "subject-link",
      text: `${text.corridor.openOf(this.city.corridorName(id))} \u203a`,
      on: { click: () => this.#selectPlace({ kind: "corridor", id }) },
    });
  }

  #locate() {
    if (!this.#alert) return;
    // Of the past the list knows where it was then.
    const subjects = this.city.subjectsOf((this.city.past && this.#listed()) || this.#alert);
    this.actions.show(subjects, this.#charted === null);
    // A queue moves; the charts stay where they are as long as it is there.
    if (!subjects.length || subjects.includes(this.#charted)) return;
    const [subject] = subjects;
    this.#charted = subject;
    this.#stack?.close();
    this.#stack = (subject.kind === "segment" ? segmentCharts : stationCharts)(subject, this);
    this.#charts.replaceChildren(
      el("button", {
        type: "button",
        class: "subject-link",
        text: `${subject.name} \u203a`,
        on: { click: () => this.#selectPlace({ kind: subject.kind, id: subject.id }) },
      }),
      this.#alert.subject?.type === "corridor" ? this.#corridorLink() : "",
      this.#stack.element,
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
