import { setTimeZone } from "../page/format.js";
import { corridorName } from "./corridor-name.js";

const MINUTE = 60_000;
const AGEING_MS = 5000;

/**
 * The city as the page knows it. Subjects are road segments and stations; each has id, kind, name, sensors (registry
 * properties), shape (GeoJSON geometry), live (its newest summary) and latest (the one that is shown: the newest, or that
 * of the moment of the past that is looked at). A subject stays the same object however often the registry is read. Emits
 * "layout" when the registry has changed, "change" with the set of subjects that have changed or grown old (at most once a
 * frame), "clock", "alerts", and "moment" when it turns to the past, within it, or back.
 */
export class City extends EventTarget {
  segments = new Map();
  stations = new Map();
  health = new Map();
  clock = null;
  alerts = [];
  alertsFrom = "service";
  past = null;
  #liveAlerts = [];
  #liveAlertsFrom = "service";
  #then = null;
  #corridors = new Map();
  #bySensor = new Map();
  #changed = new Set();
  #scheduled = false;
  #registry = null;
  /** Every subject that ever was, by kind and id: a server that has just started may know only some. */
  #met = new Map();
  /** What the stream has spoken of since it was last opened: subjects by their summaries, ids of sensors by their health. */
  #heard = new Set();
  #dark = new Set();
  #agedAt = -Infinity;

  /** The stream begins anew: until it speaks of something, the server's word on it counts. */
  reopened() {
    this.#heard.clear();
  }

  /** Takes the registry as GeoJSON, with the latest summaries and the health of all sensors. */
  takeSensors({ features }) {
    const changed = this.#registry === null || written(features) !== written(this.#registry);
    if (changed) this.#lay(features);
    this.#registry = features;
    for (const { properties } of features) this.#catchUp(properties);
    for (const subject of this.subjects()) {
      subject.latest = this.#shownOf(subject);
      this.#mark(subject);
    }
    if (changed) this.dispatchEvent(new Event("layout"));
  }

  #lay(features) {
    const segments = new Map();
    const stations = new Map();
    for (const { geometry, properties: sensor } of features) {
      const traffic = sensor.kind === "traffic";
      const subjects = traffic ? segments : stations;
      const id = subjectId(sensor);
      if (!subjects.has(id)) {
        const known = this.#meet(traffic ? "segment" : "station", id);
        subjects.set(id, Object.assign(known, { name: sensor.name || id, cityId: sensor.cityId, sensors: [], shape: null }));
      }
      const subject = subjects.get(id);
      subject.sensors.push(sensor);
      if (geometry && subject.shape?.type !== "LineString") subject.shape = geometry;
    }
    this.segments = segments;
    this.stations = stations;
    this.#index();
    if (setTimeZone(mostCommon(features.map(({ properties }) => properties.timeZone))) && this.clock) {
      this.dispatchEvent(new Event("clock"));
    }
  }

  #meet(kind, id) {
    const key = `${kind} ${id}`;
    if (!this.#met.has(key)) this.#met.set(key, { kind, id, live: null, latest: null });
    return this.#met.get(key);
  }

  /** What happened while the stream was not heard. */
  #catchUp(sensor) {
    const subject = this.subject(sensor.kind === "traffic" ? "segment" : "station", subjectId(sensor));
    subject.live = this.#heard.has(subject) ? newer(sensor.latest, subject.live) : newer(subject.live, sensor.latest);
    const known = this.health.get(sensor.sensorId);
    const { health } = sensor;
    if (!health) return;
    const later = !known || Date.parse(health.at) > Date.parse(known.at);
    if (later || !this.#heard.has(sensor.sensorId)) this.health.set(sensor.sensorId, health);
  }

  /** What is looked up often, of thousands of subjects. */
  #index() {
    this.#corridors = new Map();
    this.#bySensor = new Map();
    for (const subject of this.subjects()) {
      for (const { sensorId } of subject.sensors) this.#bySensor.set(sensorId, subject);
      subject.intervalMs = 1000 * Math.max(...subject.sensors.map((s) => s.uploadIntervalSeconds ?? s.expectedIntervalSeconds ?? 60));
      const { corridorId } = subject.sensors[0];
      if (subject.kind !== "segment" || !corridorId) continue;
      (this.#corridors.get(corridorId) ?? this.#corridors.set(corridorId, []).get(corridorId)).push(subject);
    }
    for (const segments of this.#corridors.values()) {
      segments.sort((a, b) => (a.sensors[0].corridorPositionM ?? 0) - (b.sensors[0].corridorPositionM ?? 0));
    }
  }

  /** Takes a summary; false if its subject is not in the registry we know. */
  takeSummary(summary) {
    const subject = summary.roadSegmentId
      ? this.segments.get(summary.roadSegmentId)
      : this.stations.get(summary.stationId);
    if (!subject) return false;
    this.#heard.add(subject);
    const live = newer(subject.live, summary);
    if (live !== subject.live) {
      subject.live = live;
      if (!this.past) {
        subject.latest = live;
        this.#mark(subject);
      }
    }
    return true;
  }

  takeHealth(health) {
    this.health.set(health.sensorId, health);
    this.#heard.add(health.sensorId);
    const subject = this.subjectOfSensor(health.sensorId);
    if (subject && !this.past) this.#mark(subject);
  }

  takeClock(clock) {
    this.clock = { now: new Date(clock.now), speed: clock.speed, source: clock.source ?? "wall" };
    this.#age();
    this.dispatchEvent(new Event("clock"));
  }

  /** Without news, too, what is shown as now becomes the past. */
  #age() {
    const now = performance.now();
    if (this.past || now - this.#agedAt < AGEING_MS) return;
    this.#agedAt = now;
    for (const subject of this.subjects()) {
      if (this.isDark(subject) === this.#dark.has(subject)) continue;
      if (!this.#dark.delete(subject)) this.#dark.add(subject);
      this.#mark(subject);
    }
  }

  takeAlerts(alerts, from) {
    this.#liveAlerts = alerts;
    this.#liveAlertsFrom = from;
    if (!this.past) this.#showAlerts(alerts, from);
  }

  /** What time the picture is of. */
  get moment() {
    return this.past ?? this.clock?.now;
  }

  /** Shows the past. summaries: {segments, stations} by id; alerts: those open then, and where they are from. */
  showPast(at, summaries, alerts, from) {
    this.past = at;
    this.#then = summaries;
    this.#turn(alerts, from);
  }

  showLive() {
    if (!this.past) return;
    this.past = null;
    this.#then = null;
    this.#turn(this.#liveAlerts, this.#liveAlertsFrom);
  }

  #turn(alerts, from) {
    for (const subject of this.subjects()) {
      subject.latest = this.#shownOf(subject);
      this.#mark(subject);
    }
    this.#showAlerts(alerts, from);
    this.dispatchEvent(new Event("moment"));
  }

  #showAlerts(alerts, from) {
    this.alerts = alerts;
    this.alertsFrom = from;
    this.dispatchEvent(new Event("alerts"));
  }

  #shownOf(subject) {
    if (!this.past) return subject.live;
    return (subject.kind === "segment" ? this.#then.segments : this.#then.stations)[subject.id] ?? null;
  }

  subject(kind, id) {
    return kind === "segment" ? this.segments.get(id) : this.stations.get(id);
  }

  subjectOfSensor(sensorId) {
    return this.#bySensor.get(sensorId);
  }

  *subjects() {
    yield* this.segments.values();
    yield* this.stations.values();
  }

  /** The segments and stations that an alert is about. */
  subjectsOf(alert) {
    const { type, id } = alert.subject ?? {};
    if (type === "road-segment") return present(this.segments.get(id));
    if (type === "station") return present(this.stations.get(id));
    if (type === "sensor") return present(this.subjectOfSensor(id));
    if (type === "district") return (alert.evidence?.stations ?? []).flatMap((each) => present(this.stations.get(each.stationId)));
    if (type === "corridor") return this.queued(id, extent(alert.evidence));
    return [];
  }

  /** The segments of a corridor that a queue covers, its head first; all of them while its extent is not known. */
  queued(corridorId, queue) {
    const segments = this.corridor(corridorId).reverse();
    if (!queue) return segments;
    return segments.filter((segment) => {
      const position = segment.sensors[0].corridorPositionM;
      return position >= queue.tailM && position <= queue.headM;
    });
  }

  alertsOn(subject) {
    return this.alerts.filter((alert) => this.subjectsOf(alert).includes(subject));
  }

  /** Segments of a corridor in driving direction. */
  corridor(corridorId) {
    return [...(this.#corridors.get(corridorId) ?? [])];
  }

  /** As its sensors call it, or what the names of its segments have in common; else its id. */
  corridorName(corridorId) {
    const segments = this.corridor(corridorId);
    const given = segments.flatMap(({ sensors }) => sensors).find(({ attributes }) => attributes?.corridorName);
    return given?.attributes.corridorName ?? (segments.length > 1 ? corridorName(segments.map(({ name }) => name)) : null) ?? corridorId;
  }

  corridorIds() {
    return [...this.#corridors.keys()];
  }

  /** Worst health among a subject's sensors, or null while all are healthy. */
  trouble(subject) {
    // Health is told when it changes, and only its newest state is kept here.
    if (this.past) return null;
    const troubled = subject.sensors.map((s) => this.health.get(s.sensorId)).filter((h) => h && h.state !== "healthy");
    return troubled.sort((a, b) => a.trust - b.trust)[0] ?? null;
  }

  /**
   * Whether what we know of a subject is too old to be called now. A window is told about a minute after its end, and
   * an hourly one only when the next has passed.
   */
  isStale(subject) {
    if (!subject.latest || !this.moment) return false;
    const end = Date.parse(subject.latest.windowEnd);
    const windowMs = end - Date.parse(subject.latest.windowStart);
    const allowed = Math.max(windowMs, 3 * subject.intervalMs) + windowMs + 3 * MINUTE;
    return this.moment - end > allowed;
  }

  /** Whether nothing is known of the subject, or nothing that could be called now: one sensor that still speaks is enough. */
  isDark(subject) {
    return !subject.latest || this.isStale(subject) || this.#isSilent(subject);
  }

  #isSilent(subject) {
    return !this.past && subject.sensors.every(({ sensorId }) => this.health.get(sensorId)?.state === "silent");
  }

  #mark(subject) {
    this.#changed.add(subject);
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame(() => {
      const subjects = this.#changed;
      this.#changed = new Set();
      this.#scheduled = false;
      this.dispatchEvent(new CustomEvent("change", { detail: subjects }));
    });
  }
}

/** Of a queue, or of the place of an incident: both end at detectors. */
function extent(evidence) {
  const { queue, place } = evidence ?? {};
  return queue ?? (place && { tailM: place.fromM, headM: place.toM });
}

const present = (subject) => (subject ? [subject] : []);

const subjectId = (sensor) => (sensor.kind === "traffic" ? sensor.roadSegmentId : sensor.stationId);

/** What the registry itself says of its sensors, to tell whether it has changed. */
const written = (features) => features.map(entry).join("\n");

function entry({ geometry, properties: { latest, health, ...sensor } }) {
  return JSON.stringify([geometry, sensor]);
}

function mostCommon(values) {
  const counts = new Map();
  for (const value of values) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** Of the same window the last word counts: a job that goes on from a checkpoint numbers its revisions anew. */
function newer(known, summary) {
  if (!summary) return known ?? null;
  if (!known) return summary;
  return new Date(summary.windowEnd) >= new Date(known.windowEnd) ? summary : known;
}
