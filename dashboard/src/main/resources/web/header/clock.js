import { el } from "../page/dom.js";
import { clockTime, longDate, timeZone, zoneName } from "../page/format.js";
import { text } from "../text.js";

/** The deployment's clock: what time it is there, and whether that is real, simulated or played back. */
export function clock(container, city) {
  const time = el("time", { class: "clock-time", text: "--:--:--" });
  const date = el("span", { class: "clock-date", text: text.clock.waiting });
  const source = el("span", { class: "clock-source" });
  container.append(source, time, date);

  city.addEventListener("clock", () => {
    const { now, speed, source: from } = city.clock;
    time.textContent = clockTime(now);
    time.setAttribute("datetime", now.toISOString());
    date.textContent = `${longDate(now)} ${zoneName(now)}`;
    date.title = timeZone();
    const words = text.clock[from] ?? from;
    const label = speed === 1 ? words : `${words} ${text.clock.speed(Math.round(speed * 10) / 10)}`;
    if (source.textContent !== label) source.textContent = label;
    source.dataset.source = from;
    source.title = text.clock.describe[from] ?? "";
    document.documentElement.dataset.clock = from;
  });
}
