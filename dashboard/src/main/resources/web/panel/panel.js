import { el } from "../page/dom.js";
import { text } from "../text.js";
import { AlertDetail } from "./alert-detail.js";
import { AlertsPage } from "./alerts-page.js";
import { CorridorDetail } from "./corridor-detail.js";
import { Overview } from "./overview.js";
import { SegmentDetail } from "./segment-detail.js";
import { SensorDetail } from "./sensor-detail.js";
import { SensorsPage } from "./sensors-page.js";
import { StationDetail } from "./station-detail.js";
import { SystemPage } from "./system-page.js";

const VIEWS = { alert: AlertDetail, segment: SegmentDetail, station: StationDetail, corridor: CorridorDetail, sensor: SensorDetail };
const PAGES = { alerts: AlertsPage, sensors: SensorsPage, system: SystemPage };

/** The side panel: the overview, or one thing in detail. One view at a time, which cleans up after itself. */
export class Panel {
  #container;
  #city;
  #actions;
  #view = null;

  /** @param actions select(selection, go), show(subjects, go) on the map, and goTo(at), null for live */
  constructor(container, city, actions) {
    this.#container = container;
    this.#city = city;
    this.#actions = actions;
    container.setAttribute("aria-label", text.panel.label);
    container.tabIndex = -1;
    container.append(el("p", { class: "hint", text: text.panel.loading }));
    new MutationObserver(() => this.#name()).observe(container, { childList: true, subtree: true });
  }

  /** The browser's tab and its history are called as what is looked at. */
  #name() {
    const heading = this.#container.querySelector("h1")?.textContent;
    const title = heading ? text.title.of(heading) : text.title.page;
    if (document.title !== title) document.title = title;
  }

  /** @param at the moment that the opened link named; null: none */
  open(selection, go, at) {
    this.#view?.close();
    const View = (selection?.kind === "view" ? PAGES[selection.id] : VIEWS[selection?.kind]) ?? Overview;
    const box = el("div", { class: "view" });
    // What had the keyboard is gone: it goes on in what came.
    const held = this.#container.contains(document.activeElement);
    this.#container.replaceChildren(box);
    if (held) this.#container.focus({ preventScroll: true });
    this.#container.scrollTop = 0;
    this.#actions.show([], false);
    this.#view = new View(box, this.#city, this.#actions, selection?.id, go, at);
  }
}
