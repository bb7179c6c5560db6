import { el, refill, tint } from "../page/dom.js";
import { moment } from "../page/format.js";
import { text } from "../text.js";
import { searchAlerts } from "../live/alerts.js";
import { alertList } from "./alert-list.js";
import { silenceList } from "./silences.js";
import { View } from "./view.js";
import { severityTint } from "../map/bands.js";

const HOUR = 3600_000;
const STATES = ["", "firing", "stale", "resolved"];
const MOST_ROWS = 200;

/** All alerts, filtered, on a timeline and as a list; and what is silenced. */
export class AlertsPage extends View {
  #filter = { state: "", severity: "", kind: "", hours: 24 };
  #place = "";
  #found = null;
  #timeline = el("div", { class: "timeline" });
  #list = el("section", { class: "alerts" });
  #silences = el("section", { class: "alerts" });
  #asked = null;

  constructor(box, city, actions) {
    super(box, city, actions);
    const { severity, kind } = text.alerts;
    box.append(
      this.backButton(),
      el("h1", { text: text.alertsPage.title }),
      el(
        "div",
        { class: "filters" },
        this.#choice("state", STATES, (state) => text.alertsPage.state[state]),
        this.#choice("severity", ["", ...Object.keys(severity)], (each) => severity[each] ?? text.alertsPage.anySeverity),
        this.#choice("kind", ["", ...Object.keys(kind)], (each) => kind[each] ?? text.alertsPage.anyKind),
        this.#choice("hours", [3, 24, 168, 720], text.alertsPage.span),
        el("input", {
          type: "search",
          class: "field",
          placeholder: text.alertsPage.subject,
          "aria-label": text.alertsPage.subject,
          on: { input: (event) => this.#look(event.target.value.trim()) },
        }),
      ),
      this.#timeline,
      this.#list,
      this.#silences,
    );
    this.on("alerts", () => this.#read());
    this.on("moment", () => this.#read());
    this.#read();
    silenceList(this.#silences, this);
  }

  #choice(name, values, words) {
    const label = text.alertsPage.filter[name];
    const select = el(
      "select",
      { class: "choice", "aria-label": label, title: label, on: { change: () => this.#set(name, select.value) } },
      ...values.map((value) => el("option", { value, selected: String(value) === String(this.#filter[name]), text: words(value) })),
    );
    return select;
  }

  #set(name, value) {
    this.#filter[name] = value;
    this.#read();
  }

  /** Places are told apart here: the service knows ids only. */
  #look(place) {
    this.#place = place;
    if (this.#found) this.#show();
  }

  async #read() {
    const { hours, ...rest } = this.#filter;
    const to = this.city.moment ?? new Date();
    const from = new Date(to - hours * HOUR);
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value));
    const asked = (this.#asked = Symbol("the newest question"));
    try {
      const filter = { ...given, from: from.toISOString(), ...(this.city.past && { to: to.toISOString() }) };
      const found = await searchAlerts(filter, this.closing);
      if (asked !== this.#asked) return;
      this.#found = { ...found, from, to };
      this.#show();
    } catch (failure) {
      if (!this.closing.aborted && asked === this.#asked) {
        this.#found = null;
        this.#timeline.replaceChildren();
        this.#list.replaceChildren(el("p", { class: "hint", text: text.alerts.from.nowhere }), el("p", { class: "quiet", text: failure.message }));
      }
    }
  }

  #show() {
    const { items, cut, from, to } = this.#found;
    const alerts = items.filter((alert) => !alert.withdrawn && isAbout(alert, this.#place));
    const shown = alerts.slice(0, MOST_ROWS);
    refill(this.#timeline, ...(shown.length ? timeline(shown, from, to, (alert) => this.#open(alert)) : []));
    refill(
      this.#list,
      el("h2", {}, text.alertsPage.found(alerts.length), alerts.length > MOST_ROWS ? el("small", { text: text.alertsPage.newest(MOST_ROWS) }) : ""),
      cut ? el("p", { class: "hint", text: text.alertsPage.cut(items.length) }) : "",
      shown.length ? alertList(shown, this.city, (alert) => this.#open(alert)) : el("p", { class: "hint calm", text: text.alertsPage.none }),
    );
  }

  #open(alert) {
    this.actions.select({ kind: "alert", id: alert.alertId }, true);
  }
}

function isAbout({ subject, title }, wanted) {
  const words = wanted.toLowerCase();
  return [subject?.id, subject?.name, title].some((each) => each?.toLowerCase().includes(words));
}

/** A bar for each alert, over time; those of one subject share a line. */
function timeline(alerts, from, to, open) {
  const lines = new Map();
  for (const alert of alerts) {
    const key = `${alert.subject?.type} ${alert.subject?.id}`;
    (lines.get(key) ?? lines.set(key, []).get(key)).push(alert);
  }
  const share = (time) => Math.max(0, Math.min(1, (time - from) / (to - from))) * 100;
  const rows = [...lines.values()].slice(0, 25).map((own) =>
    el(
      "li",
      {},
      el("span", { class: "timeline-name", text: own[0].subject?.name ?? own[0].subject?.id }),
      el("div", { class: "timeline-line" }, ...own.map((alert) => bar(alert, share, to, open))),
    ),
  );
  return [
    el("ul", {}, ...rows),
    el("div", { class: "timeline-edges" }, el("span", { text: moment(from, to) }), el("span", { text: moment(to, to) })),
  ];
}

function bar(alert, share, to, open) {
  const start = share(new Date(alert.startedAt));
  const end = share(alert.endedAt ? new Date(alert.endedAt) : to);
  const button = tint(
    el("button", { type: "button", class: "timeline-bar", "data-id": `bar ${alert.alertId}`, title: alert.title, "aria-label": alert.title, on: { click: () => open(alert) } }),
    severityTint(alert.severity),
  );
  button.style.setProperty("left", `${start}%`);
  button.style.setProperty("width", `${Math.max(0.6, end - start)}%`);
  return button;
}
