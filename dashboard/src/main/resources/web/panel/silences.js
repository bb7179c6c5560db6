import { el, refill } from "../page/dom.js";
import { moment } from "../page/format.js";
import { change, get } from "../live/api.js";
import { token } from "../live/operator.js";
import { text } from "../text.js";

/** Silences that hold or are to come, each with a way to end it. */
export async function silenceList(container, view) {
  const draw = async () => {
    try {
      const { items } = await get("silences", {}, view.closing);
      const held = items.filter(({ state }) => state !== "expired");
      refill(
        container,
        el("h2", { text: text.silence.title }),
        held.length ? el("ul", { class: "silences" }, ...held.map(row)) : el("p", { class: "hint calm", text: text.silence.none }),
      );
    } catch {
      if (!view.closing.aborted) container.replaceChildren();
    }
  };
  const row = (silence) => {
    const problem = el("span", { class: "warning", role: "status" });
    const end = async () => {
      try {
        await change("DELETE", `silences/${encodeURIComponent(silence.id)}`);
        await draw();
      } catch (failure) {
        problem.textContent = failure.message;
      }
    };
    return el(
      "li",
      {},
      el("b", { text: what(silence) }),
      el("span", { class: "quiet", text: text.silence.until(moment(new Date(silence.endsAt), view.city.clock?.now), silence.createdBy) }),
      el("span", { class: "quiet", text: silence.comment }),
      token() && el("button", { type: "button", class: "tool", "data-id": silence.id, text: text.silence.end, on: { click: end } }),
      problem,
    );
  };
  document.addEventListener("operator", draw, { signal: view.closing });
  view.on("alerts", draw);
  await draw();
}

function what({ matchers = [], sensors = [], corridors = [], polygon = [] }) {
  const parts = [...matchers, ...sensors, ...corridors, ...(polygon.length ? [text.silence.area] : [])];
  return parts.join(" \u00b7 ") || text.silence.everything;
}
