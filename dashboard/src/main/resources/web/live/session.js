import { change } from "./api.js";

const DAY_MS = 86_400_000;

/** Who looks stays signed in, if need be for years: a screen on a wall has nobody to enter the token again. */
export function stayIn() {
  const ask = () => change("PUT", "session").catch((failure) => console.warn("the session cannot be prolonged", failure));
  ask();
  setInterval(ask, DAY_MS);
}
