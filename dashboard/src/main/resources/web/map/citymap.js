import { el, tint } from "../page/dom.js";
import { text } from "../text.js";
import { europeanColor, europeanInk, europeanName, NO_DATA, severityColor, speedColor, themed } from "./bands.js";
import { beside, twoWay } from "./carriageway.js";
import { Graticule } from "./graticule.js";
import { segmentState } from "./segment-state.js";
import { StationMarker } from "./station-marker.js";

const STATION_RADIUS = 9;
const OFFSET_PX = 4.5;
const FAR_OUT = 2.2;
const RING_DISTANCE_PX = 64;
const PADDING_PX = 32;
const NARROW_PX = 760;
const STATION_ZOOM = 13;
const ROAD_ZOOM = 14;

/** Draws the city from its registry; tiles under it are welcome, and not needed. */
export class CityMap {
  #city;
  #select;
  #map;
  #roads = new Map();
  #stations = new Map();
  #pulses = new Map();
  #names = [];
  #twoWay = new Set();
  #selected = new Set();
  #fitted = false;
  #graticule;

  constructor(container, city, select) {
    this.#city = city;
    this.#select = select;
    this.#map = L.map(container, {
      renderer: L.canvas({ tolerance: 5, padding: 0.3 }),
      zoomControl: false,
      attributionControl: false,
      zoomSnap: 0.25,
      zoomDelta: 0.5,
      wheelPxPerZoomLevel: 120,
      minZoom: 3,
      maxZoom: 19,
    }).setView([0, 0], 3);
    this.#addPanes();
    this.#addControls();
    this.#graticule = new Graticule(this.#map);
    this.#map.on("zoomend", () => this.#onZoom());
    city.addEventListener("layout", () => this.#lay());
    city.addEventListener("change", (event) => event.detail.forEach((subject) => this.#paint(subject)));
    city.addEventListener("alerts", () => this.#showAlerts());
    document.addEventListener("look", () => this.repaint());
    new ResizeObserver(() => this.#map.invalidateSize({ pan: false })).observe(container);
  }

  /** Lays map tiles under the city. Their server is told which site asks, as many demand, and nothing more. */
  tiles({ url, attribution }) {
    L.tileLayer(url, { maxZoom: 19, referrerPolicy: "origin" }).addTo(this.#map);
    this.#graticule.remove();
    if (!attribution) return;
    const Attribution = L.Control.extend({ onAdd: () => el("div", { class: "map-attribution", text: attribution }) });
    new Attribution({ position: "bottomright" }).addTo(this.#map);
  }

  repaint() {
    this.#graticule.repaint();
    for (const subject of this.#city.subjects()) this.#paint(subject);
  }

  /** Marks what is looked at; with go, also brings it into view. */
  show(subjects, go) {
    const before = this.#selected;
    this.#selected = new Set(subjects);
    for (const subject of new Set([...before, ...subjects])) this.#paint(subject);
    const bounds = this.#boundsOf(subjects);
    if (!go || !bounds.isValid()) return;
    const closest = subjects[0].kind === "station" ? STATION_ZOOM : ROAD_ZOOM;
    const view = { ...this.#room(), maxZoom: Math.max(closest, this.#map.getZoom()) };
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) this.#map.fitBounds(bounds.pad(0.4), { ...view, animate: false });
    else this.#map.flyToBounds(bounds.pad(0.4), { ...view, duration: 0.6 });
  }

  home(animate = true) {
    const bounds = this.#homeBounds();
    if (bounds.isValid()) this.#map.fitBounds(bounds, { ...this.#room(), maxZoom: 15, animate });
  }

  /** The part of the map that the legend does not cover. */
  #room() {
    const legend = this.#map.getContainer().parentElement.querySelector(".legend[open]");
    const wide = this.#map.getSize().x >= NARROW_PX;
    const bottom = legend && wide ? legend.offsetHeight + 14 : 0;
    return { paddingTopLeft: [PADDING_PX, PADDING_PX], paddingBottomRight: [PADDING_PX, bottom + PADDING_PX] };
  }

  #addPanes() {
    this.#map.createPane("names").classList.add("names-pane");
    this.#map.createPane("pulses").classList.add("pulses-pane");
  }

  #addControls() {
    L.control.scale({ position: "bottomright", imperial: false, maxWidth: 90 }).addTo(this.#map);
    const Control = L.Control.extend({
      onAdd: (map) => {
        const button = (label, sign, action) =>
          el("button", { type: "button", class: "map-button", title: label, "aria-label": label, text: sign, on: { click: action } });
        const box = el(
          "div",
          { class: "map-buttons" },
          button(text.map.zoomIn, "+", () => map.zoomIn()),
          button(text.map.zoomOut, "\u2212", () => map.zoomOut()),
          button(text.map.home, "\u2302", () => this.home()),
        );
        L.DomEvent.disableClickPropagation(box);
        return box;
      },
    });
    new Control({ position: "topright" }).addTo(this.#map);
    this.#map.getContainer().setAttribute("aria-label", text.map.label);
  }

  #lay() {
    for (const { casing, line } of this.#roads.values()) {
      casing.remove();
      line.remove();
    }
    for (const marker of this.#stations.values()) marker.remove();
    this.#roads.clear();
    this.#stations.clear();
    this.#twoWay = twoWay([...this.#city.segments.values()]);
    const shaped = [...this.#city.segments.values()].filter((segment) => segment.shape);
    for (const segment of shaped) this.#roads.set(segment, { casing: this.#casing(segment), line: null });
    for (const segment of shaped) this.#roads.get(segment).line = this.#line(segment);
    for (const station of this.#city.stations.values()) {
      if (station.shape) this.#stations.set(station, this.#marker(station));
    }
    this.#layNames();
    this.repaint();
    this.#showAlerts();
    if (!this.#fitted && this.#homeBounds().isValid()) {
      this.#fitted = true;
      this.home(false);
    }
  }

  #casing(segment) {
    return this.#shape(segment, { interactive: false, lineCap: "round" }).addTo(this.#map);
  }

  /** What lies under a road: a rim, the mark of what is looked at, or an alert's glow. */
  #casingStyle(casing, selected) {
    if (selected) return { color: themed("--selected"), more: 6, opacity: 1, lineCap: this.#selected.size > 1 ? "butt" : "round" };
    if (casing.options.alert) return { color: severityColor(casing.options.alert), more: 14, opacity: 0.3, lineCap: "butt" };
    return { color: themed("--road-casing"), more: 3, opacity: 1, lineCap: "round" };
  }

  #line(segment) {
    const line = this.#shape(segment, { lineCap: "butt", bubblingMouseEvents: false }).addTo(this.#map);
    this.#listen(line, segment);
    return line;
  }

  /** A segment without geometry is a dot where its sensor stands. */
  #shape(segment, options) {
    return segment.shape.type === "LineString"
      ? L.polyline(this.#path(segment), { smoothFactor: 0.5, ...options })
      : L.circleMarker(latLng(segment.shape.coordinates), { radius: 5, fill: true, fillOpacity: 1, ...options });
  }

  #path(segment) {
    const path = segment.shape.coordinates.map(latLng);
    return this.#twoWay.has(segment) ? beside(this.#map, path, OFFSET_PX * this.#scale()) : path;
  }

  #marker(station) {
    const marker = new StationMarker(latLng(station.shape.coordinates), {
      radius: STATION_RADIUS,
      bubblingMouseEvents: false,
    }).addTo(this.#map);
    this.#listen(marker, station);
    return marker;
  }

  #listen(layer, subject) {
    layer.on("click", () => this.#select({ kind: subject.kind, id: subject.id }));
    // A tooltip's content is an element: a text would be taken for markup.
    layer.bindTooltip(() => this.#tip(subject), { sticky: true, direction: "top", offset: [0, -8], opacity: 1 });
  }

  #tip(subject) {
    const latest = subject.latest;
    const state = !latest
      ? this.#city.past ? text.detail.notThen : text.detail.never
      : subject.kind === "segment"
        ? this.#speed(subject)
        : europeanName(latest.europeanIndex);
    const trouble = this.#city.trouble(subject);
    return el(
      "div",
      { class: "tip" },
      el("strong", { text: subject.name }),
      el("span", { text: state }),
      trouble && el("span", { class: "tip-trouble", text: text.health.states[trouble.state] ?? trouble.state }),
      !trouble && this.#city.isStale(subject) && el("span", { class: "tip-trouble", text: text.legend.stale }),
    );
  }

  #speed(segment) {
    const { band, words } = segmentState(this.#city, segment);
    const name = text.bands.speed[band.key];
    return words === name ? words : `${words}, ${name.toLowerCase()}`;
  }

  #paint(subject) {
    if (subject.kind === "segment") this.#paintRoad(subject);
    else this.#paintStation(subject);
  }

  #paintRoad(segment) {
    const road = this.#roads.get(segment);
    if (!road?.line) return;
    const { band } = segmentState(this.#city, segment);
    const dark = band === NO_DATA;
    const untrusted = !dark && this.#city.trouble(segment);
    const selected = this.#selected.has(segment);
    const color = speedColor(band);
    const weight = band.weight * this.#scale();
    road.line.setStyle({
      color,
      fillColor: color,
      weight,
      opacity: 1,
      dashArray: dark ? "3 5" : untrusted ? "9 3" : null,
    });
    const { color: under, more, ...style } = this.#casingStyle(road.casing, selected);
    road.casing.setStyle({ color: under, fillColor: under, weight: weight + more, ...style });
    if (selected) {
      road.casing.bringToFront();
      road.line.bringToFront();
      for (const marker of this.#stations.values()) marker.bringToFront();
    }
  }

  #paintStation(station) {
    const marker = this.#stations.get(station);
    if (!marker) return;
    const level = station.latest?.europeanIndex;
    const dark = this.#city.isDark(station) || !level;
    const selected = this.#selected.has(station);
    const untrusted = !dark && this.#city.trouble(station);
    marker.options.label = dark ? "" : String(level);
    marker.options.ink = untrusted ? themed("--ink") : europeanInk(level);
    marker.setRadius(STATION_RADIUS * Math.max(0.8, Math.min(1.25, this.#scale())) + (selected ? 2 : 0));
    marker.setStyle({
      fillColor: dark ? themed("--map-ground") : europeanColor(level),
      fillOpacity: untrusted ? 0.35 : 1,
      color: selected ? themed("--selected") : dark ? themed("--road-none") : themed(untrusted ? "--station-doubt" : "--station-rim"),
      weight: selected ? 3 : dark ? 2 : 1.5,
      dashArray: dark || untrusted ? "3 3" : null,
    });
  }

  /** A glow along every road with an alert, and a ring where it is worst; rings on top of each other say nothing. */
  #showAlerts() {
    const severities = new Map();
    for (const alert of this.#city.alerts) {
      for (const subject of this.#city.subjectsOf(alert)) {
        if (!severities.has(subject) && alert.state !== "stale") severities.set(subject, alert.severity);
      }
    }
    for (const [segment, { casing }] of this.#roads) {
      const severity = severities.get(segment);
      if (casing.options.alert !== severity) {
        casing.options.alert = severity;
        this.#paint(segment);
      }
    }
    this.#pulse();
  }

  #pulse() {
    const wanted = this.#rings();
    for (const [id, marker] of this.#pulses) {
      if (!wanted.has(id)) {
        marker.remove();
        this.#pulses.delete(id);
      }
    }
    for (const [id, { alert, place }] of wanted) {
      const key = `${alert.severity}/${alert.state}`;
      const shown = this.#pulses.get(id);
      if (shown?.key === key && shown.getLatLng().equals(place)) continue;
      shown?.remove();
      const ring = tint(
        el("span", { class: `pulse pulse-${alert.state === "stale" ? "stale" : "open"}`, "data-alert": id }),
        `var(--severity-${alert.severity}, var(--severity-minor))`,
      );
      const icon = L.divIcon({ className: "pulse-icon", html: ring, iconSize: [0, 0] });
      const marker = L.marker(place, { pane: "pulses", interactive: false, keyboard: false, icon }).addTo(this.#map);
      marker.key = key;
      this.#pulses.set(id, marker);
    }
  }

  /** Alerts that get a ring: of those close together on the screen the worst, and of equal ones the first. */
  #rings() {
    const rings = new Map();
    const taken = [];
    const first = [...this.#city.alerts].sort(
      (a, b) => severityRank(b.severity) - severityRank(a.severity) || new Date(a.startedAt) - new Date(b.startedAt),
    );
    for (const alert of first) {
      const subjects = this.#city.subjectsOf(alert);
      const bounds = this.#boundsOf(subjects);
      const given = alert.location && L.latLng(alert.location.latitude, alert.location.longitude);
      const place = this.#middle(subjects) ?? given ?? (bounds.isValid() ? bounds.getCenter() : null);
      if (!place) continue;
      const point = this.#map.project(place, this.#map.getZoom());
      if (taken.some((other) => other.distanceTo(point) < RING_DISTANCE_PX)) continue;
      taken.push(point);
      rings.set(alert.alertId, { alert, place });
    }
    return rings;
  }

  /** The middle of a single road, where its alert belongs rather than where its sensor stands. */
  #middle(subjects) {
    if (subjects.length !== 1) return null;
    const [subject] = subjects;
    if (subject.shape?.type !== "LineString") return subject.shape ? latLng(subject.shape.coordinates) : null;
    const path = this.#path(subject);
    if (path.length % 2 === 1) return path[(path.length - 1) / 2];
    const [a, b] = [path[path.length / 2 - 1], path[path.length / 2]];
    return L.latLng((a.lat + b.lat) / 2, (a.lng + b.lng) / 2);
  }

  #layNames() {
    this.#names.forEach((name) => name.remove());
    this.#names = [];
    for (const station of this.#stations.keys()) this.#name(latLng(station.shape.coordinates), station.name, "name-station");
    for (const id of this.#city.corridorIds()) {
      const first = this.#city.corridor(id).find((segment) => segment.shape?.type === "LineString");
      if (!first) continue;
      const [[x0], [x1]] = first.shape.coordinates;
      // Beside the road's start, away from where it leads.
      this.#name(latLng(first.shape.coordinates[0]), this.#city.corridorName(id), x1 > x0 ? "name-left" : "name-right");
    }
    this.#untangleNames();
  }

  #name(place, words, kind) {
    const icon = L.divIcon({ className: `name ${kind}`, html: el("span", { text: words }), iconSize: [0, 0] });
    this.#names.push(
      L.marker(place, { pane: "names", icon, interactive: false, keyboard: false }).addTo(this.#map),
    );
  }

  /** Of names that would cover each other only the first is shown; stations come first. */
  #untangleNames() {
    const kept = [];
    for (const name of this.#names) {
      const words = name.getElement().firstChild;
      const box = words.getBoundingClientRect();
      const covered = kept.some(
        (other) => box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top,
      );
      words.classList.toggle("name-covered", covered);
      if (!covered) kept.push(box);
    }
  }

  #onZoom() {
    for (const segment of this.#twoWay) {
      const road = this.#roads.get(segment);
      if (!road) continue;
      const path = this.#path(segment);
      road.line.setLatLngs(path);
      road.casing.setLatLngs(path);
    }
    this.#map.getContainer().classList.toggle("far-out", this.#map.getZoom() < 12);
    this.repaint();
    this.#pulse();
    this.#untangleNames();
  }

  /** Lines grow with the zoom, gently. */
  #scale() {
    return Math.max(0.55, Math.min(2, 0.9 + (this.#map.getZoom() - 12.5) * 0.16));
  }

  #boundsOf(subjects) {
    const bounds = L.latLngBounds([]);
    for (const { shape } of subjects) {
      if (shape?.type === "LineString") shape.coordinates.forEach((point) => bounds.extend(latLng(point)));
      else if (shape) bounds.extend(latLng(shape.coordinates));
    }
    return bounds;
  }

  /** The whole city, unless one station far out would make everything else small. */
  #homeBounds() {
    const all = this.#boundsOf([...this.#city.subjects()]);
    const roads = this.#boundsOf([...this.#city.segments.values()]);
    if (!roads.isValid()) return all;
    const span = (bounds) => Math.max(bounds.getNorth() - bounds.getSouth(), (bounds.getEast() - bounds.getWest()) / 2);
    return span(all) > FAR_OUT * span(roads) ? roads.pad(0.15) : all;
  }
}

const severityRank = (severity) => ["minor", "moderate", "severe", "extreme"].indexOf(severity);
const latLng = ([longitude, latitude]) => L.latLng(latitude, longitude);
