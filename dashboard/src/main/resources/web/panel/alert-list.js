import { el, tint } from "../page/dom.js";
import { duration, moment } from "../page/format.js";
import { text } from "../text.js";
import { severityTint } from "../map/bands.js";

/** Alerts as a list of buttons: severity, title, since when. */
export function alertList(alerts, city, open) {
  return el("ul", { class: "alert-list" }, ...alerts.map((alert) => el("li", {}, row(alert, city, open))));
}

function row(alert, city, open) {
  const started = new Date(alert.startedAt);
  const now = city.moment;
  const ended = alert.endedAt ? new Date(alert.endedAt) : null;
  return tint(
    el(
      "button",
      {
        type: "button",
        class: `alert-row alert-${ended ? "over" : alert.state === "stale" ? "stale" : "open"}`,
        "data-id": alert.alertId,
        on: { click: () => open(alert) },
      },
      el("span", { class: "alert-title", text: alert.title }),
      el(
        "span",
        { class: "alert-meta" },
        !saysSeverity(alert) && severityTag(alert.severity),
        el("span", { text: ended ? text.alerts.resolved(moment(started, now), moment(ended, now)) : text.alerts.since(moment(started, now)) }),
        now && el("span", { text: text.alerts.lasted(duration((ended ?? now) - started)) }),
        alert.state === "stale" && el("span", { class: "stale-tag", text: text.legend.stale }),
        alert.acknowledged && el("span", { text: text.alerts.acknowledged(alert.acknowledged.by) }),
      ),
    ),
    severityTint(alert.severity),
  );
}

/** Titles mostly begin with it. */
const saysSeverity = ({ title, severity }) => title?.toLowerCase().includes(severity);

export function severityTag(severity) {
  return tint(
    el("span", { class: "severity", text: text.alerts.severity[severity] ?? severity }),
    severityTint(severity),
  );
}
