import { el } from "../page/dom.js";
import { clockTime, duration, longDate, moment } from "../page/format.js";
import { fromLocal, toLocal } from "../page/local-time.js";
import { text } from "../text.js";
import { AlertTrack } from "./alert-track.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SPANS_H = [3, 24, 48, 168];
const SPEEDS = [1, 2, 5, 15];
const LONG_STEP_MINUTES = 15;

/** The bar below the map: a slider over the last hours, play, speed, and the way back to live. */
export class TimeBar {
  #city;
  #playback;
  #hours = 3;
  #slider = el("input", { type: "range", class: "time-slider", "aria-label": text.time.slider, min: 0, step: 1 });
  #play = el("button", { type: "button", class: "time-play" });
  #date = el("input", { type: "datetime-local", class: "choice time-date", "aria-label": text.time.date, title: text.time.date, min: "1970-01-02T00:00" });
  #label = el("output", { class: "time-label" });
  #live = el("button", { type: "button", class: "time-live", text: text.time.backToLive });
  #start = el("span", { class: "time-edge" });
  #track;
  #problem = el("span", { class: "time-problem warning", role: "status" });
  #holding = false;

  constructor(container, city, playback) {
    this.#city = city;
    this.#playback = playback;
    this.#track = new AlertTrack(city);
    this.#play.addEventListener("click", () => this.#toggle());
    this.#live.addEventListener("click", () => playback.live());
    this.#slider.addEventListener("input", () => this.#slid());
    this.#date.addEventListener("change", () => this.#dated());
    this.#slider.addEventListener("pointerdown", () => (this.#holding = true));
    addEventListener("pointerup", () => (this.#holding = false));
    container.append(
      this.#play,
      choice(text.time.speed, SPEEDS, playback.speed, text.time.speeds, (speed) => (playback.speed = speed)),
      el("div", { class: "time-line" }, this.#track.element, this.#slider, this.#start),
      choice(text.time.span, SPANS_H, this.#hours, text.time.spans, (hours) => this.#choose(hours)),
      this.#date,
      el("div", { class: "time-state" }, this.#label, this.#problem, this.#live),
    );
    playback.addEventListener("state", () => this.#show());
    playback.addEventListener("problem", ({ detail }) => this.#tellProblem(detail));
    city.addEventListener("clock", () => this.#show());
    city.addEventListener("moment", () => this.#show());
    addEventListener("keydown", (event) => this.#key(event));
    this.#choose(this.#hours);
  }

  #choose(hours) {
    this.#hours = hours;
    this.#slider.max = String(hours * 60);
    this.#show();
    this.#track.look(hours);
  }

  /** Right end of the slider, a whole minute. */
  #end() {
    const now = this.#city.clock?.now;
    return now ? Math.floor(now / MINUTE) * MINUTE : null;
  }

  #slid() {
    const end = this.#end();
    if (end === null) return;
    const back = Number(this.#slider.max) - Number(this.#slider.value);
    if (back === 0) this.#playback.live();
    else this.#playback.go(new Date(end - back * MINUTE));
  }

  /** A moment however long ago, which the slider need not reach. */
  #dated() {
    const at = fromLocal(this.#date.value);
    if (at) this.#playback.go(at);
  }

  #toggle() {
    if (!this.#playback.at) {
      const end = this.#end();
      if (end === null) return;
      this.#playback.go(new Date(end - Math.min(this.#hours, 1) * HOUR));
    }
    this.#playback.toggle();
  }

  #key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest?.("input, textarea, select, button, a, summary")) return;
    const steps = { ",": -1, ".": 1, "<": -LONG_STEP_MINUTES, ">": LONG_STEP_MINUTES };
    if (event.key in steps) this.#playback.step(steps[event.key]);
    else if (event.key === " ") this.#toggle();
    else if (event.key === "l") this.#playback.live();
    else return;
    event.preventDefault();
  }

  #tellProblem(words) {
    this.#problem.textContent = words === null ? "" : text.time.failed;
    this.#problem.title = words ?? "";
  }

  /** What is looked at in words; what is only being read is not there yet. */
  #words(now) {
    const { past } = this.#city;
    if (past) return text.time.past(moment(past, now), duration(now - past));
    return this.#playback.at ? text.time.reading(moment(this.#playback.at, now)) : text.time.live;
  }

  #show() {
    const end = this.#end();
    if (end === null) return;
    const { at, playing } = this.#playback;
    const now = this.#city.clock.now;
    document.documentElement.dataset.moment = this.#city.past ? "past" : "live";
    const value = at ? Number(this.#slider.max) - Math.round((end - at) / MINUTE) : Number(this.#slider.max);
    if (!this.#holding) this.#slider.value = String(value);
    if (document.activeElement !== this.#date) this.#date.value = toLocal(at ?? now);
    this.#slider.setAttribute("aria-valuetext", at ? `${longDate(at)} ${clockTime(at)}` : text.time.live);
    this.#play.textContent = playing ? "\u275a\u275a" : "\u25b6";
    this.#play.setAttribute("aria-label", playing ? text.time.pause : text.time.play);
    this.#play.title = playing ? text.time.pause : text.time.play;
    this.#label.textContent = this.#words(now);
    this.#live.hidden = at === null;
    this.#start.textContent = moment(new Date(end - this.#hours * HOUR), now);
    this.#track.show(end - this.#hours * HOUR, end);
  }
}

function choice(label, values, chosen, words, choose) {
  const select = el(
    "select",
    { class: "choice", "aria-label": label, title: label, on: { change: () => choose(Number(select.value)) } },
    ...values.map((value) => el("option", { value, selected: value === chosen, text: words(value) })),
  );
  return select;
}
