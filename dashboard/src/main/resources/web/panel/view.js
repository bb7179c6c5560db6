import { el } from "../page/dom.js";
import { text } from "../text.js";

/** What the panel's views share: they listen to the city, and stop when they are closed. */
export class View {
  #closing = new AbortController();

  constructor(box, city, actions) {
    this.box = box;
    this.city = city;
    this.actions = actions;
  }

  /** Aborts when the view is closed. */
  get closing() {
    return this.#closing.signal;
  }

  on(event, listener) {
    this.city.addEventListener(event, listener, { signal: this.closing });
  }

  /** Calls the listener when the page's colours change. */
  onLook(listener) {
    document.addEventListener("look", listener, { signal: this.closing });
  }

  close() {
    this.#closing.abort();
  }

  backButton() {
    return el("button", {
      type: "button",
      class: "back",
      text: `\u2190 ${text.detail.back}`,
      on: { click: () => this.actions.select(null) },
    });
  }
}
