import { el } from "../page/dom.js";
import { text } from "../text.js";

/** Gives the panel more of the screen, or takes it back. */
export function widthButton() {
  const root = document.documentElement;
  const button = el("button", { type: "button", class: "tool tool-wide", on: { click: toggle } });
  function show() {
    const wide = root.dataset.wide === "";
    button.textContent = wide ? "\u21e5" : "\u21e4";
    button.title = wide ? text.panel.narrow : text.panel.wide;
    button.setAttribute("aria-label", button.title);
  }
  function toggle() {
    if (root.dataset.wide === "") delete root.dataset.wide;
    else root.dataset.wide = "";
    show();
  }
  show();
  return button;
}
