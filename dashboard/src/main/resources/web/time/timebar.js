import { el } from "../page/dom.js";
import { clockTime, duration, longDate, moment } from "../page/format.js";
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
    this.#slider.addEventListener("pointerdown", () => (this.#holding = true));
    addEventListener("pointerup", () => (this.#holding = false));
    container.append(
      this.#play,
      choice(text.time.speed, SPEEDS, playback.speed, text.time.speeds, (speed) => (playback.speed = speed)),
      el("div", { class: "time-line" }, this.#track.element, this.#slider, this.#start),
      choice(text.time.span, SPANS_H, this.#hours, text.time.spans, (hours) => this.#choose(hours)),
      el("div", { class: "time-state" }, this.#label, this.#problem, this.#live),
    );
    playback.addEventListener("state", () => this.#show());
    playback.addEventListener("problem", (event) => (this.#problem.textContent = event.detail ?? ""));
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

  #show() {
    const end = this.#end();
    if (end === null) return;
    const { at, playing } = this.#playback;
    const now = this.#city.clock.now;
    const past = at !== null;
    document.documentElement.dataset.moment = past ? "past" : "live";
    const value = past ? Number(this.#slider.max) - Math.round((end - at) / MINUTE) : Number(this.#slider.max);
    if (!this.#holding) this.#slider.value = String(value);
    this.#slider.setAttribute("aria-valuetext", past ? `${longDate(at)} ${clockTime(at)}` : text.time.live);
    this.#play.textContent = playing ? "\u275a\u275a" : "\u25b6";
    this.#play.setAttribute("aria-label", playing ? text.time.pause : text.time.play);
    this.#play.title = playing ? text.time.pause : text.time.play;
    this.#label.textContent = past ? text.time.past(moment(at, now), duration(now - at)) : text.time.live;
    this.#live.hidden = !past;
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
