import { el, refill, tint } from "../page/dom.js";
import { number, percent } from "../page/format.js";
import { text } from "../text.js";
import { ratioOf } from "../live/speed-ratio.js";
import { speedTint } from "../map/bands.js";
import { segmentState } from "../map/segment-state.js";
import { ChartStack } from "../chart/chart-stack.js";
import { alertList } from "./alert-list.js";
import { healthLines, windowLine } from "./state-lines.js";
import { View } from "./view.js";

/** One road segment: its state now, and speed, flow and occupancy over time. */
export class SegmentDetail extends View {
  #id;
  #head = el("div", { class: "subject-head" });
  #alerts = el("div", {});
  #charts = el("div", {});
  #segment = null;

  constructor(box, city, actions, id, go) {
    super(box, city, actions);
    this.#id = id;
    box.append(this.backButton(), this.#head, this.#alerts, this.#charts);
    this.on("layout", () => this.#open(false));
    this.on("change", (event) => event.detail.has(this.#segment) && this.#draw());
    this.on("alerts", () => this.#draw());
    this.#open(go);
  }

  #open(go) {
    this.#segment = this.city.segments.get(this.#id) ?? null;
    if (!this.#segment) {
      this.#head.replaceChildren(el("p", { class: "hint", text: text.detail.notFound(this.#id) }));
      return;
    }
    this.actions.show([this.#segment], go);
    this.#draw();
    if (!this.#charts.hasChildNodes()) this.#charts.append(segmentCharts(this.#segment, this).element);
  }

  #corridorLink() {
    const { corridorId } = this.#segment.sensors[0];
    if (!corridorId) return "";
    return el("button", {
      type: "button",
      class: "subject-link",
      text: `${text.corridor.openOf(this.city.corridorName(corridorId))} \u203a`,
      on: { click: () => this.actions.select({ kind: "corridor", id: corridorId }) },
    });
  }

  #draw() {
    if (!this.#segment) return;
    refill(this.#head, ...head(this.#segment, this.city), this.#corridorLink());
    const alerts = this.city.alertsOn(this.#segment);
    refill(
      this.#alerts,
      alerts.length
        ? alertList(alerts, this.city, (alert) => this.actions.select({ kind: "alert", id: alert.alertId }, true))
        : "",
    );
  }
}

function head(segment, city) {
  const { latest } = segment;
  const sensor = segment.sensors[0];
  const dark = city.isDark(segment);
  const { band } = segmentState(city, segment);
  const ratio = ratioOf(latest);
  return [
    el("p", { class: "eyebrow", text: about(sensor) }),
    el("h1", { text: segment.name }),
    el(
      "div",
      { class: "now" },
      tint(el("span", { class: "chip", text: text.bands.speed[band.key] }), speedTint(band)),
      !dark && ratio !== null && latest.freeFlowSpeedKmh
        ? el("span", { class: "quiet", text: text.segment.ofFreeFlow(percent(ratio), number(latest.freeFlowSpeedKmh, 0)) })
        : "",
    ),
    latest
      ? el(
          "dl",
          { class: dark ? "values values-old" : "values" },
          ...value(text.segment.speed, number(latest.spaceMeanSpeedKmh, 0), text.units.speed),
          ...value(text.segment.flow, number(latest.vehicleFlowPerHour, 0), text.units.flow),
          ...value(text.segment.occupancy, number(Number.isFinite(latest.occupancy) ? latest.occupancy * 100 : null, 1), text.units.percent),
          ...value(text.segment.los, latest.levelOfService ?? "\u2013", "", text.segment.losShort),
        )
      : "",
    windowLine(segment, city, latest ? text.detail.complete(percent(latest.completeness)) : null),
    ...healthLines(segment, city),
  ];
}

function about(sensor) {
  return [
    text.segment.kind,
    text.segment.facility[sensor.facility],
    sensor.laneCount && text.segment.lanes(sensor.laneCount),
    sensor.lengthM && text.segment.lengthM(number(sensor.lengthM, 0)),
    sensor.measurement === "travel-time" && text.segment.travelTimeSensor,
  ]
    .filter(Boolean)
    .join(" \u00b7 ");
}

function value(label, figure, unit, shortLabel) {
  return [
    el("div", {}, el("dt", { text: shortLabel ?? label, title: label }), el("dd", { text: figure }, unit && el("small", { text: ` ${unit}` }))),
  ];
}

/** The charts of a segment, alive as long as the view. */
export function segmentCharts(segment, view) {
  return new ChartStack({
    view,
    subject: segment,
    measurement: "traffic",
    hours: 3,
    ranges: [3, 24, 48, 168],
    finestStepSeconds: 60,
    charts: [
      {
        title: text.segment.speed,
        unit: text.units.speed,
        series: [
          { field: "speed_kmh", color: "--chart-1", fill: true, label: "" },
          { field: "typical_speed_kmh", color: "--muted", dash: true, label: text.segment.typical, optional: true },
        ],
        usual: true,
        reference: () => ({ value: segment.live?.freeFlowSpeedKmh, label: text.segment.freeFlow }),
      },
      { title: text.segment.flow, unit: text.units.flow, usual: true, series: [{ field: "flow_veh_h", color: "--chart-2", fill: true }] },
      {
        title: text.segment.occupancy,
        unit: text.units.percent,
        series: [{ field: "occupancy", color: "--chart-3", fill: true, scale: 100 }],
      },
      {
        title: text.chart.completeness,
        unit: text.units.percent,
        kind: "share",
        series: [{ field: "completeness", color: "--chart-5", fill: true, scale: 100 }],
      },
    ],
  });
}

