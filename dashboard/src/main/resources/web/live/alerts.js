import { get, ApiError } from "./api.js";

const SOON_MS = [400, 2500];
const REFRESH_MS = 15_000;
const PAGE = 200;
const MAX_PAGES = 5;
const BUSY = 429;
const CLOSED = [401, 403];
const SEVERITIES = ["minor", "moderate", "severe", "extreme"];

/**
 * Keeps the city's open alerts up to date: read anew shortly after an event, and now and then. Where they are from:
 * "service"; "stream", also when the service is "closed" to readers without a token; "kept", as they were when they could last
 * be read; or "nowhere".
 */
export class AlertWatch {
  #city;
  #timers = new Map();
  #running = false;
  #last = null;

  constructor(city) {
    this.#city = city;
    setInterval(() => this.refresh(), REFRESH_MS);
  }

  /**
   * Soon, and once more for a service that hears of the event later than we do; however often it is called. Not on the
   * stroke: all screens of a city hear of it at once.
   */
  refreshSoon() {
    for (const delay of SOON_MS) {
      if (this.#timers.has(delay)) continue;
      const refresh = () => {
        this.#timers.delete(delay);
        this.refresh();
      };
      this.#timers.set(delay, setTimeout(refresh, delay * (1 + Math.random() / 2)));
    }
  }

  async refresh() {
    if (this.#running) return;
    this.#running = true;
    try {
      this.#take(await this.#listed(), "service");
    } catch (failure) {
      await this.#doWithout(failure);
    } finally {
      this.#running = false;
    }
  }

  #take(alerts, from) {
    this.#last = alerts;
    this.#city.takeAlerts(sorted(alerts), from);
  }

  /** A service that is asked too much, or a network that is gone, says nothing of the alerts. */
  async #doWithout(failure) {
    if (failure instanceof ApiError && failure.status !== BUSY) {
      try {
        const { openAlerts } = await get("snapshot");
        this.#take(openAlerts.map(fromEvent), CLOSED.includes(failure.status) ? "closed" : "stream");
        return;
      } catch {
        // Then what is known has to do.
      }
    }
    this.#city.takeAlerts(this.#last ?? [], this.#last ? "kept" : "nowhere");
  }

  async #listed() {
    const items = await listAlerts({ state: "firing,stale" });
    return Promise.all(items.map((alert) => (alert.subject?.type === "corridor" ? whole(alert) : alert)));
  }
}

/** Alerts that the filter of the alerting service lets through, newest first, up to a thousand. */
export const listAlerts = async (filter, signal) => (await searchAlerts(filter, signal)).items;

/** The same, and whether there are more: {items, cut}. */
export async function searchAlerts(filter, signal) {
  const items = [];
  let cursor;
  for (let page = 0; page < MAX_PAGES; page++) {
    const list = await get("alerts", { ...filter, limit: PAGE, ...(cursor && { cursor }) }, signal);
    items.push(...list.items);
    cursor = list.next;
    if (!cursor) break;
  }
  return { items, cut: Boolean(cursor) };
}

/** Alerts that were open at a moment, as they are known now. */
export function alertsAt(at, signal) {
  return listAlerts({ from: at.toISOString(), to: new Date(at.getTime() + 1).toISOString() }, signal);
}

/** With its evidence: only that tells which part of its corridor a queue covers. */
async function whole(alert) {
  try {
    return await read(alert.alertId);
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
export const read = (alertId) => get(`alerts/${encodeURIComponent(alertId)}`);
