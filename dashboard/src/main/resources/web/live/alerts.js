import { get, ApiError } from "./api.js";

const SOON_MS = [400, 2500];
const REFRESH_MS = 15_000;
const PAGE = 200;
const MAX_PAGES = 5;
const SEVERITIES = ["minor", "moderate", "severe", "extreme"];

/** Keeps the city's open alerts up to date: read anew shortly after an event, and now and then. */
export class AlertWatch {
  #city;
  #timers = new Map();
  #running = false;

  constructor(city) {
    this.#city = city;
    setInterval(() => this.refresh(), REFRESH_MS);
  }

  /** Soon, and once more for a service that hears of the event later than we do; however often it is called. */
  refreshSoon() {
    for (const delay of SOON_MS) {
      if (this.#timers.has(delay)) continue;
      const refresh = () => {
        this.#timers.delete(delay);
        this.refresh();
      };
      this.#timers.set(delay, setTimeout(refresh, delay));
    }
  }

  async refresh() {
    if (this.#running) return;
    this.#running = true;
    try {
      this.#city.takeAlerts(...(await open()));
    } finally {
      this.#running = false;
    }
  }
}

/** Open alerts, worst and newest first, and where they are from: "service", "stream" or "nowhere". */
async function open() {
  try {
    return [sorted(await listed()), "service"];
  } catch (failure) {
    if (!(failure instanceof ApiError)) return [[], "nowhere"];
  }
  try {
    const { openAlerts } = await get("snapshot");
    return [sorted(openAlerts.map(fromEvent)), "stream"];
  } catch {
    return [[], "nowhere"];
  }
}

async function listed() {
  const items = await listAlerts({ state: "firing,stale" });
  return Promise.all(items.map((alert) => (alert.subject?.type === "corridor" ? whole(alert) : alert)));
}

/** All alerts that the filter of the alerting service lets through, newest first, up to a thousand. */
export async function listAlerts(filter, signal) {
  const items = [];
  let cursor;
  for (let page = 0; page < MAX_PAGES; page++) {
    const list = await get("alerts", { ...filter, limit: PAGE, ...(cursor && { cursor }) }, signal);
    items.push(...list.items);
    cursor = list.next;
    if (!cursor) break;
  }
  return items;
}

/** Alerts that were open at a moment, as they are known now. */
export function alertsAt(at, signal) {
  return listAlerts({ from: at.toISOString(), to: new Date(at.getTime() + 1).toISOString() }, signal);
}

/** With its evidence: only that tells which part of its corridor a queue covers. */
async function whole(alert) {
  try {
    return await get(`alerts/${encodeURIComponent(alert.alertId)}`);
  } catch (failure) {
    if (!(failure instanceof ApiError)) throw failure;
    return alert;
  }
}

function fromEvent(event) {
  return {
    ...event,
    alertId: event.episodeId,
    state: event.transition === "stale" ? "stale" : "firing",
    title: event.summary,
    updatedAt: event.at,
  };
}

/** Mildest first, for drawing one over the other. */
export const bySeverity = (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);

const sorted = (alerts) => alerts.sort((a, b) => bySeverity(b, a) || new Date(b.startedAt) - new Date(a.startedAt));

/** One alert with its evidence and history. */
export async function read(alertId, listed) {
  if (listed?.history) return listed;
  return get(`alerts/${encodeURIComponent(alertId)}`);
}
