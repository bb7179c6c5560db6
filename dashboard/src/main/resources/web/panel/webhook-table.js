import { el } from "../page/dom.js";
import { text } from "../text.js";

/** Every webhook and whether it takes what it is sent. */
export function webhookTable(webhooks) {
  if (!webhooks.length) return el("p", { class: "hint calm", text: text.webhooks.none });
  return el(
    "div",
    { class: "table-box", tabindex: "0" },
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, ...Object.values(text.webhooks.columns).map((name) => el("th", { scope: "col", text: name })))),
      el("tbody", {}, ...webhooks.map(row)),
    ),
  );
}

function row(webhook) {
  const failing = webhook.consecutiveFailures > 0;
  const state = !webhook.enabled ? "disabled" : failing ? "failing" : "fine";
  return el(
    "tr",
    {},
    el("td", { text: webhook.url }),
    el("td", { text: webhook.format }),
    el("td", { class: state === "fine" ? "good" : "warning", text: text.webhooks.state[state], title: webhook.disabledReason ?? "" }),
    el("td", { text: String(webhook.consecutiveFailures ?? 0) }),
  );
}
