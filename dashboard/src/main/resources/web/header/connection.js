import { el } from "../page/dom.js";
import { clockTime } from "../page/format.js";
import { text } from "../text.js";

/** Whether what is shown is fresh. */
export function connection(container, city) {
  const words = el("span", {});
  container.append(el("i", { class: "connection-dot" }), words);
  return (state) => {
    container.dataset.state = state;
    document.documentElement.dataset.connection = state;
    if (state === "stale") {
      words.textContent = city.clock ? text.connection.stale(clockTime(city.clock.now)) : text.connection.lost;
    } else {
      words.textContent = text.connection[state];
    }
  };
}
