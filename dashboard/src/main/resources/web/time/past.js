import { get } from "../live/api.js";
import { alertsAt } from "../live/alerts.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The whole city at a moment of the past, in the shape that the city takes. */
export async function readPast(at, signal) {
  const [snapshot, alerts] = await Promise.all([
    get("snapshot", { at: at.toISOString() }, signal),
    alertsAt(at, signal).catch((failure) => {
      if (signal?.aborted) throw failure;
      return null;
    }),
  ]);
  return {
    summaries: {
      segments: mapped(snapshot.segments, (id, summary) => trafficSummary(id, summary)),
      stations: mapped(snapshot.stations, (id, summary) => airSummary(id, summary)),
    },
    ...joined(snapshot.openAlerts, alerts),
  };
}

const mapped = (summaries, make) =>
  Object.fromEntries(Object.entries(summaries).map(([id, summary]) => [id, make(id, summary)]));

/** The store keeps the end of a window; its length is the measurement's. */
function started(summary, lengthMs) {
  return new Date(new Date(summary.windowEnd) - lengthMs).toISOString();
}

const trafficSummary = (id, summary) => ({
  ...summary,
  roadSegmentId: id,
  windowStart: started(summary, MINUTE),
  freeFlowSpeedKmh: freeFlow(summary),
});

/** The ratio is capped at 1: above it the speed itself was free. */
function freeFlow({ spaceMeanSpeedKmh: speed, speedRatio: ratio }) {
  if (!speed || !ratio) return null;
  return ratio < 1 ? speed / ratio : speed;
}

/** Indices are levels; the store only knows decimals. */
const airSummary = (id, { completeness, ...summary }) => ({
  ...summary,
  stationId: id,
  windowStart: started(summary, HOUR),
  europeanIndex: whole(summary.europeanIndex),
  usAqi: whole(summary.usAqi),
});

const whole = (value) => (value === undefined || value === null ? null : Math.round(value));

/** Severity and extent as they were then are in the events; titles and ids of alerts in the alerting service. */
function joined(events, alerts) {
  const byEpisode = new Map((alerts ?? []).map((alert) => [alert.episodeId, alert]));
  const shown = events.map((event) => {
    const alert = byEpisode.get(event.episodeId);
    return {
      ...event,
      alertId: alert?.alertId ?? event.episodeId,
      title: alert && alert.severity === event.severity ? alert.title : event.summary,
      state: event.transition === "stale" ? "stale" : "firing",
      endedAt: null,
      acknowledged: alert?.acknowledged ?? null,
    };
  });
  return { alerts: shown, alertsFrom: alerts ? "service" : "stream" };
}
