import { el, exchange } from "../page/dom.js";
import { change } from "../live/api.js";
import { token } from "../live/operator.js";
import { text } from "../text.js";
import { tokenField } from "./token-field.js";

const HOUR = 3600_000;
const SILENCE_HOURS = [1, 4, 24, 168];

/** What an operator may do about an alert; without a token, where to enter it. done: called when something has changed. */
export function alertActions(view, alert, done) {
  const box = el("section", { class: "actions" });
  const draw = () => exchange(box, ...(token() === null ? signIn(view) : forms(view, alert, done)));
  document.addEventListener("operator", draw, { signal: view.closing });
  draw();
  return box;
}

function signIn(view) {
  return [el("details", {}, el("summary", { class: "subject-link", text: text.operator.act }), tokenField(view.closing))];
}

function forms(view, alert, done) {
  const problem = el("p", { class: "warning", role: "status" });
  const comment = el("input", { type: "text", class: "field", maxlength: "500", placeholder: text.operator.comment, "aria-label": text.operator.comment });
  const hours = el(
    "select",
    { class: "choice", "aria-label": text.silence.howLong },
    ...SILENCE_HOURS.map((each) => el("option", { value: each, text: text.silence.hours(each) })),
  );
  const path = `alerts/${encodeURIComponent(alert.alertId)}`;
  let busy = false;
  // Whoever clicks twice means it once.
  const attempt = (act) => async () => {
    if (busy) return;
    busy = true;
    problem.textContent = "";
    try {
      await act();
      comment.value = "";
      done();
    } catch (failure) {
      problem.textContent = failure.message;
    } finally {
      busy = false;
    }
  };
  const acknowledge = attempt(() => change("POST", `${path}/acknowledge`, comment.value ? { comment: comment.value } : {}));
  const say = attempt(async () => {
    if (!comment.value) throw new Error(text.operator.commentNeeded);
    await change("POST", `${path}/comment`, { comment: comment.value });
  });
  const silence = attempt(async () => {
    const from = view.city.clock?.now ?? new Date();
    await change("POST", "silences", {
      ...scopeOf(alert.subject),
      endsAt: new Date(from.getTime() + Number(hours.value) * HOUR).toISOString(),
      comment: comment.value || alert.title,
    });
    problem.textContent = text.silence.done;
  });
  return [
    comment,
    el(
      "div",
      { class: "toolbar" },
      alert.acknowledged ? "" : el("button", { type: "button", class: "tool", text: text.operator.acknowledge, on: { click: acknowledge } }),
      el("button", { type: "button", class: "tool", text: text.operator.say, on: { click: say } }),
      el("span", { class: "together" }, el("button", { type: "button", class: "tool", text: text.silence.make, on: { click: silence } }), hours),
    ),
    problem,
  ];
}

/** A silence for what the alert is about; a quotation mark or backslash within the id is written with a backslash. */
function scopeOf({ type, id }) {
  if (type === "corridor") return { corridors: [id] };
  return { matchers: [`subject="${id.replace(/["\\]/g, "\\$&")}"`] };
}
