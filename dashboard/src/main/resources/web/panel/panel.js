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

  /** @param actions select(selection, go) and show(subjects, go) on the map */
  constructor(container, city, actions) {
    this.#container = container;
    this.#city = city;
    this.#actions = actions;
    container.append(el("p", { class: "hint", text: text.panel.loading }));
  }

  open(selection, go) {
    this.#view?.close();
    const View = (selection?.kind === "view" ? PAGES[selection.id] : VIEWS[selection?.kind]) ?? Overview;
    const box = el("div", { class: "view" });
    this.#container.replaceChildren(box);
    this.#container.scrollTop = 0;
    this.#actions.show([], false);
    this.#view = new View(box, this.#city, this.#actions, selection?.id, go);
  }
}
