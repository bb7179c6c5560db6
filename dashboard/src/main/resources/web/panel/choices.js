import { el } from "../page/dom.js";

/** A row of buttons of which one is pressed. */
export function choices(label, values, chosen, words, choose) {
  const buttons = values.map((value) =>
    el("button", {
      type: "button",
      text: words(value),
      "aria-pressed": String(value === chosen),
      on: {
        click: () => {
          for (const other of buttons) other.setAttribute("aria-pressed", String(other === buttons[values.indexOf(value)]));
          choose(value);
        },
      },
    }),
  );
  return el("div", { class: "range", role: "group", "aria-label": label }, ...buttons);
}
