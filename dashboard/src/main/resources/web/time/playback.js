import { readPast } from "./past.js";

const FRAME_MS = 250;

/**
 * Shows the city at any moment of the past, and plays it. What cannot be read is not shown: the city stays at the moment
 * where it was. Emits "state" when it starts or stops playing, moves, or goes back to live, and "problem" (detail: words, or
 * null when it works again).
 */
export class Playback extends EventTarget {
  playing = false;
  /** City minutes per second. */
  speed = 2;
  #city;
  #reading = null;
  #wanted = null;
  #timer = null;

  constructor(city) {
    super();
    this.#city = city;
  }

  /** The moment that is shown or being read; null: live. */
  get at() {
    return this.#wanted;
  }

  /** Turns to a moment; at or after now is live. Of moments asked for in a hurry the last is shown. */
  async go(at) {
    const now = this.#city.clock?.now;
    if (now && at >= now) return this.live();
    this.#wanted = at;
    this.#tell();
    if (this.#reading) return;
    while (this.#wanted && this.#wanted !== this.#city.past) {
      const target = this.#wanted;
      this.#reading = new AbortController();
      try {
        const { summaries, alerts, alertsFrom } = await readPast(target, this.#reading.signal);
        if (this.#wanted) this.#city.showPast(target, summaries, alerts, alertsFrom);
        this.#problem(null);
      } catch (failure) {
        if (this.#wanted === target) this.#stayWhereItIs(failure);
      } finally {
        this.#reading = null;
      }
    }
    this.#tell();
  }

  #stayWhereItIs(failure) {
    this.pause();
    this.#wanted = this.#city.past;
    this.#problem(failure.message);
    this.#tell();
  }

  live() {
    this.pause();
    this.#wanted = null;
    this.#reading?.abort();
    this.#problem(null);
    this.#city.showLive();
    this.#tell();
  }

  step(minutes) {
    const from = this.#wanted ?? this.#city.clock?.now;
    if (from) this.go(new Date(from.getTime() + minutes * 60_000));
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  play() {
    if (!this.#wanted || this.playing) return;
    this.playing = true;
    this.#tell();
    let before = performance.now();
    const frame = async () => {
      if (!this.playing || !this.#wanted) return;
      const now = performance.now();
      const at = new Date(this.#wanted.getTime() + (now - before) * this.speed * 60);
      before = now;
      await this.go(at);
      if (this.playing) this.#timer = setTimeout(frame, FRAME_MS);
    };
    this.#timer = setTimeout(frame, FRAME_MS);
  }

  pause() {
    clearTimeout(this.#timer);
    if (!this.playing) return;
    this.playing = false;
    this.#tell();
  }

  #tell() {
    this.dispatchEvent(new Event("state"));
  }

  #problem(words) {
    this.dispatchEvent(new CustomEvent("problem", { detail: words }));
  }
}
