import { el } from "../page/dom.js";
import { duration, moment, number } from "../page/format.js";
import { get } from "../live/api.js";
import { text } from "../text.js";
import { View } from "./view.js";
import { webhookTable } from "./webhook-table.js";

const REFRESH_MS = 5000;

/** How the deployment itself is doing: rates, lag, what is rejected and why, jobs, webhooks. */
export class SystemPage extends View {
  #box = el("div", { class: "system" });
  #before = null;

  constructor(box, city, actions) {
    super(box, city, actions);
    box.append(this.backButton(), el("h1", { text: text.system.title }), this.#box);
    const timer = setInterval(() => this.#read(), REFRESH_MS);
    this.closing.addEventListener("abort", () => clearInterval(timer));
    this.#read();
  }

  async #read() {
    try {
      const [state, webhooks] = await Promise.all([
        get("system", {}, this.closing),
        get("webhooks", {}, this.closing).then(({ items }) => items, () => null),
      ]);
      const now = performance.now();
      const figures = new Figures(state, this.#before, now);
      this.#box.replaceChildren(
        ...gateway(figures),
        ...jobs(state, this.city.clock?.now),
        ...alerting(figures, webhooks),
        ...dashboard(figures),
      );
      if (!this.#before || now - this.#before.at >= REFRESH_MS) this.#before = { state, at: now };
    } catch (failure) {
      if (!this.closing.aborted) this.#box.replaceChildren(el("p", { class: "hint", text: text.system.unknown }), el("p", { class: "quiet", text: failure.message }));
    }
  }
}

/** Reads samples of now, and what they grew by since before. */
class Figures {
  #services;
  #before;
  #seconds;

  constructor(state, before, now) {
    this.#services = new Map(state.services.map((service) => [service.name, service]));
    this.#before = before && new Map(before.state.services.map((service) => [service.name, service]));
    this.#seconds = before ? (now - before.at) / 1000 : null;
  }

  service(name) {
    return this.#services.get(name);
  }

  samples(service, name) {
    return this.#services.get(service)?.metrics.filter((sample) => sample.name === name) ?? [];
  }

  value(service, name) {
    const samples = this.samples(service, name);
    return samples.length ? sum(samples) : null;
  }

  /** Per second since before; null while there is no before. */
  rate(service, name) {
    if (!this.#before || !this.samples(service, name).length) return null;
    const then = this.#before.get(service)?.metrics.filter((sample) => sample.name === name) ?? [];
    return Math.max(0, sum(this.samples(service, name)) - sum(then)) / this.#seconds;
  }
}

const sum = (samples) => samples.reduce((total, { value }) => total + value, 0);

function section(title, service, ...content) {
  if (!service) return [];
  const problem = service.problem ? el("p", { class: "warning", text: text.system.problem(service.problem) }) : null;
  return [el("section", {}, el("h2", { text: title }), ...(problem ? [problem] : content))];
}

function figure(words, value, unit = "") {
  return el("div", { class: "figure" }, el("b", { text: number(value) }, unit && el("small", { text: ` ${unit}` })), el("span", { text: words }));
}

function gateway(figures) {
  const { words } = text.system;
  const lag = figures.samples("gateway", "gateway_event_time_lag_seconds_max");
  const rejected = figures
    .samples("gateway", "gateway_rejected_total")
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value);
  return section(
    text.system.gateway,
    figures.service("gateway"),
    el(
      "div",
      { class: "figures" },
      figure(words.received, figures.rate("gateway", "gateway_received_total"), "/s"),
      figure(words.forwarded, figures.rate("gateway", "gateway_forwarded_total"), "/s"),
      figure(words.rejected, figures.rate("gateway", "gateway_rejected_total"), "/s"),
      figure(words.inFlight, figures.value("gateway", "gateway_in_flight")),
      figure(words.oldest, figures.value("gateway", "gateway_oldest_unacknowledged_seconds"), "s"),
      figure(words.lost, figures.value("gateway", "gateway_connection_losses_total")),
    ),
    lag.length
      ? rows(text.system.lag, lag.map(({ labels, value }) => [text.sensors.kind[labels.kind] ?? labels.kind, `${number(value, 1)} s`]))
      : "",
    rejected.length
      ? rows(text.system.rejectedBy, rejected.map(({ labels, value }) => [labels.reason, number(value, 0)]))
      : el("p", { class: "hint calm", text: text.system.noneRejected }),
  );
}

function jobs({ jobs: running, jobsProblem }, now) {
  if (jobsProblem === "not-configured") return [];
  if (!running) return [el("section", {}, el("h2", { text: text.system.jobs }), el("p", { class: "warning", text: text.system.problem(jobsProblem) }))];
  const { jobColumns } = text.system;
  return [
    el(
      "section",
      {},
      el("h2", { text: text.system.jobs }),
      el(
        "div",
        { class: "table-box", tabindex: "0" },
        el(
          "table",
          {},
          el("thead", {}, el("tr", {}, ...Object.values(jobColumns).map((name) => el("th", { scope: "col", text: name })))),
          el(
            "tbody",
            {},
            ...running.map((job) =>
              el(
                "tr",
                {},
                el("td", { text: job.name }),
                el("td", { class: job.state === "RUNNING" ? "good" : "warning", text: job.state.toLowerCase() }),
                el("td", { text: `${job.runningTasks}/${job.tasks}` }),
                el("td", { text: number(job.restarts, 0) }),
                el("td", { text: job.lastCheckpointMs === undefined || job.lastCheckpointMs === null ? "\u2013" : `${number(job.lastCheckpointMs, 0)} ms` }),
                el("td", { text: number(job.failedCheckpoints, 0) }),
                el("td", { text: moment(new Date(job.startedAt), now) }),
              ),
            ),
          ),
        ),
      ),
      jobsProblem ? el("p", { class: "warning", text: text.system.problem(jobsProblem) }) : "",
    ),
  ];
}

function alerting(figures, webhooks) {
  const { words } = text.system;
  return section(
    text.system.alerting,
    figures.service("alerting"),
    el(
      "div",
      { class: "figures" },
      figure(words.waiting, figures.value("alerting", "citystream_alerting_outbox_waiting")),
      figure(words.oldestWaiting, figures.value("alerting", "citystream_alerting_outbox_oldest_seconds"), "s"),
      figure(words.changes, figures.value("alerting", "citystream_alerting_changes_total")),
    ),
    webhooks === null ? "" : webhookTable(webhooks),
  );
}

function dashboard(figures) {
  const { words } = text.system;
  const topics = figures.samples("dashboard", "citystream_dashboard_live_records_total");
  return section(
    text.system.dashboard,
    figures.service("dashboard"),
    el(
      "div",
      { class: "figures" },
      figure(words.records, figures.rate("dashboard", "citystream_dashboard_live_records_total"), "/s"),
      figure(words.skipped, figures.value("dashboard", "citystream_dashboard_live_records_skipped_total")),
      figure(words.viewers, figures.value("dashboard", "citystream_dashboard_live_clients")),
    ),
    rows(text.system.topics, topics.map(({ labels, value }) => [labels.topic, number(value, 0)])),
  );
}

function rows(title, pairs) {
  return el(
    "div",
    {},
    el("h3", { text: title }),
    el("dl", { class: "pairs" }, ...pairs.flatMap(([name, value]) => [el("dt", { text: name }), el("dd", { text: value })])),
  );
}
