import { get, ApiError } from "./api.js";

const SETTLE_MS = 400;
const REFRESH_MS = 15_000;
const SEVERITIES = ["minor", "moderate", "severe", "extreme"];

/** Keeps the city's open alerts up to date: read anew shortly after an event, and now and then. */
export class AlertWatch {
  #city;
  #timer = null;
  #running = false;

  constructor(city) {
    this.#city = city;
    setInterval(() => this.refresh(), REFRESH_MS);
  }

  /** Soon, once, however often it is called. */
  refreshSoon() {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.refresh();
    }, SETTLE_MS);
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
    const lists = await Promise.all(["firing", "stale"].map((state) => get("alerts", { state })));
    return [sorted(lists.flatMap((list) => list.items)), "service"];
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

function fromEvent(event) {
  return {
    ...event,
    alertId: event.episodeId,
    state: event.transition === "stale" ? "stale" : "firing",
    title: event.summary,
    updatedAt: event.at,
  };
}

function sorted(alerts) {
  return alerts.sort(
    (a, b) =>
      SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) || new Date(b.startedAt) - new Date(a.startedAt),
  );
}

/** One alert with its evidence and history. */
export async function read(alertId, listed) {
  if (listed && listed.evidence) return listed;
  return get(`alerts/${encodeURIComponent(alertId)}`);
}
