import * as address from "./page/address.js";
import { get } from "./live/api.js";
import { AlertWatch } from "./live/alerts.js";
import { City } from "./live/city.js";
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

const UNKNOWN_SUBJECT_MS = 2000;

const [european, usAqi] = await Promise.all([table("european-index-2024"), table("us-aqi-2024")]);
takeEuropeanTable(european.rows);

const city = new City();
const alerts = new AlertWatch(city);
const map = new CityMap(document.getElementById("map"), city, select);
const playback = new Playback(city);
const panel = new Panel(document.getElementById("panel"), city, {
  select,
  show: (subjects, go) => map.show(subjects, go),
  goTo: (at) => playback.go(at),
});
new TimeBar(document.getElementById("timebar"), city, playback);
playback.addEventListener("state", () => !playback.playing && address.writeMoment(playback.at));
document.getElementById("legend").append(legend(european, usAqi));
clock(document.getElementById("clock"), city);
const showPage = menu(document.getElementById("menu"), (selection) => select(selection));
const showConnection = connection(document.getElementById("connection"), city);

/** Looks at something, or at nothing in particular; go brings it into view. */
function select(selection, go = false) {
  address.write(selection);
  open(selection, go);
}

function open(selection, go) {
  showPage(selection);
  panel.open(selection, go);
}

addEventListener("popstate", () => {
  open(address.read(), false);
  showMoment(address.readMoment());
});

function showMoment(at) {
  if (at) playback.go(at);
  else playback.live();
}

let sensorsTimer = null;

async function readSensors() {
  try {
    city.takeSensors(await get("sensors"));
    const cities = [...new Set([...city.subjects()].map((subject) => subject.cityId))];
    document.getElementById("city-name").textContent = cities.length === 1 ? cities[0] : "";
  } catch (failure) {
    console.warn("the registry cannot be read", failure);
    readSensorsSoon();
  }
}

function readSensorsSoon() {
  sensorsTimer ??= setTimeout(() => {
    sensorsTimer = null;
    readSensors();
  }, UNKNOWN_SUBJECT_MS);
}

const handlers = {
  clock: (record) => city.takeClock(record),
  summary: (record) => city.takeSummary(record) || readSensorsSoon(),
  health: (record) => city.takeHealth(record),
  event: () => alerts.refreshSoon(),
};

let opened = false;

follow({
  onState: showConnection,
  onMessage: (name, record) => handlers[name](record),
  // What happened while nobody listened is in the registry's answer.
  onOpen: async () => {
    await Promise.all([readSensors(), alerts.refresh()]);
    if (!opened) {
      opened = true;
      const at = address.readMoment();
      open(address.read(), true);
      if (at) showMoment(at);
      performance.mark("city-shown");
    }
    document.documentElement.dataset.ready = "";
  },
});
