import { el } from "../page/dom.js";
import { moment, percent, shortTime } from "../page/format.js";
import { text } from "../text.js";

/** What time the figures are for, or since when there are none. */
export function windowLine(subject, city, more) {
  const { latest } = subject;
  const now = city.moment;
  if (!latest) return el("p", { class: "hint", text: city.past ? text.detail.notThen : text.detail.never });
  const end = new Date(latest.windowEnd);
  if (city.isStale(subject)) return el("p", { class: "warning", text: text.detail.staleSince(moment(end, now)) });
  const window = text.detail.window(moment(new Date(latest.windowStart), now), shortTime(end));
  const running = latest.final === false && now && end > now ? text.detail.stillRunning : null;
  return el("p", { class: "quiet", text: [window, running, more].filter(Boolean).join(" \u00b7 ") });
}

/** One line per sensor that is not healthy; of the past it is not known which were. */
export function healthLines(subject, city) {
  if (city.past) return [];
  return subject.sensors
    .map((sensor) => city.health.get(sensor.sensorId))
    .filter((health) => health && health.state !== "healthy")
    .map((health) =>
      el(
        "p",
        { class: "warning" },
        el("b", { text: `${health.sensorId} ${text.health.states[health.state] ?? health.state}` }),
        ` \u00b7 ${text.health.trust(percent(health.trust))} \u00b7 ${text.health.since(moment(new Date(health.since), city.moment))}`,
        health.reason ? el("span", { class: "reason", text: health.reason }) : "",
      ),
    );
}
