import { el } from "../page/dom.js";
import { clockTime, moment } from "../page/format.js";
import { get } from "../live/api.js";
import { text } from "../text.js";

const MOST_PER_WEBHOOK = 500;

/** What has been sent to webhooks about an alert: newest first. */
export async function deliveriesOf(alertId, now, signal) {
  const { items: webhooks } = await get("webhooks", {}, signal);
  const lists = await Promise.all(
    webhooks.map(async (webhook) => {
      const parameters = { alert: alertId, limit: MOST_PER_WEBHOOK };
      const { items } = await get(`webhooks/${encodeURIComponent(webhook.id)}/deliveries`, parameters, signal);
      return items.map((delivery) => ({ ...delivery, webhook }));
    }),
  );
  const deliveries = lists.flat().sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
  return deliveries.length ? [table(deliveries, now)] : [el("p", { class: "hint", text: text.deliveries.none })];
}

function table(deliveries, now) {
  const { columns, state } = text.deliveries;
  return el(
    "div",
    { class: "table-box", tabindex: "0" },
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, ...Object.values(columns).map((name) => el("th", { text: name })))),
      el(
        "tbody",
        {},
        ...deliveries.map((delivery) => {
          const last = delivery.attempts.at(-1);
          const created = new Date(delivery.createdAt);
          return el(
            "tr",
            {},
            el("td", { text: moment(created, now), title: clockTime(created) }),
            el("td", { text: text.alerts.change[delivery.type] ?? delivery.type }),
            el("td", { text: host(delivery.webhook.url) }),
            el("td", { class: `delivery-${delivery.state}`, text: state[delivery.state] ?? delivery.state }),
            el("td", { text: last ? String(last.status ?? last.error ?? "") : "" }),
            el("td", { text: String(delivery.attempts.length) }),
          );
        }),
      ),
    ),
  );
}

function host(url) {
  try {
    return new URL(url).host || url;
  } catch {
    return url;
  }
}
