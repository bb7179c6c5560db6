import * as address from "./page/address.js";
import { get } from "./live/api.js";
import { AlertWatch } from "./live/alerts.js";
import { stayIn } from "./live/session.js";
import { City } from "./live/city.js";
import { Registry } from "./live/registry.js";
import { follow } from "./live/stream.js";
import { table } from "./live/tables.js";
import { clock } from "./header/clock.js";
import { menu } from "./header/menu.js";
import { connection } from "./header/connection.js";
import { takeEuropeanTable } from "./map/bands.js";
import { CityMap } from "./map/citymap.js";
import { legend } from "./map/legend.js";
import { Playback } from "./time/playback.js";
import { TimeBar } from "./time/timebar.js";
import { Panel } from "./panel/panel.js";
import { text } from "./text.js";

const [european, usAqi] = await Promise.all([table("european-index-2024"), table("us-aqi-2024")]);
takeEuropeanTable(european.rows);

const city = new City();
const alerts = new AlertWatch(city);
const map = new CityMap(document.getElementById("map"), city, select);
get("settings").then(({ tiles }) => tiles && map.tiles(tiles), (failure) => console.warn("the settings cannot be read", failure));
stayIn();
const playback = new Playback(city);
const panel = new Panel(document.getElementById("panel"), city, {
  select,
  show: (subjects, go) => map.show(subjects, go),
  goTo: (at) => (at ? playback.go(at) : playback.live()),
});
new TimeBar(document.getElementById("timebar"), city, playback);
playback.addEventListener("state", () => !playback.playing && address.writeMoment(playback.at));
document.getElementById("legend").append(legend(european, usAqi));
clock(document.getElementById("clock"), city);
const showPage = menu(document.getElementById("menu"), (selection) => select(selection));
const skip = document.getElementById("skip");
skip.textContent = text.title.skip;
skip.addEventListener("click", (event) => {
  event.preventDefault();
  document.getElementById("panel").focus();
});
const showConnection = connection(document.getElementById("connection"), city);

/** Looks at something, or at nothing in particular; go brings it into view. */
function select(selection, go = false) {
  address.write(selection);
  open(selection, go);
}

/** at: the moment that a link named; null: none did. */
function open(selection, go, at = null) {
  showPage(selection);
  panel.open(selection, go, at);
}

addEventListener("popstate", () => {
  const at = address.readMoment();
  open(address.read(), false, at);
  if (at) playback.go(at);
  else playback.live();
});

const registry = new Registry(city);

city.addEventListener("layout", () => {
  const cities = [...new Set([...city.subjects()].map((subject) => subject.cityId))];
  document.getElementById("city-name").textContent = cities.length === 1 ? cities[0] : "";
});

const handlers = {
  clock: (record) => city.takeClock(record),
  summary: (record) => city.takeSummary(record) || registry.missing(record.roadSegmentId ?? record.stationId),
  health: (record) => city.takeHealth(record),
  event: () => alerts.refreshSoon(),
};

/** What the address names is shown as soon as there is a city to show it in; alerts come when they come. */
function start() {
  const at = address.readMoment();
  open(address.read(), true, at);
  if (at) playback.go(at);
  document.documentElement.dataset.ready = "";
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("city-shown")));
}

city.addEventListener("layout", start, { once: true });

function refresh() {
  alerts.refresh();
  registry.read();
}

let begun = false;

follow({
  onState: showConnection,
  onMessage: (name, record) => handlers[name](record),
  // What happened while nobody listened is in the registry's answer.
  onOpen: () => {
    begun = true;
    city.reopened();
    refresh();
  },
  // A city without its stream is better than none; asked for once, as a refused stream is tried for again and again.
  onFailed: () => {
    if (begun) return;
    begun = true;
    refresh();
  },
});
