import { el } from "../page/dom.js";
import { keep, token } from "../live/operator.js";
import { text } from "../text.js";

/** Where the token is entered and forgotten. @param signal aborts when it is no longer shown; absent: it always is */
export function tokenField(signal) {
  const input = el("input", {
    type: "password",
    class: "field",
    autocomplete: "off",
    placeholder: text.operator.placeholder,
    "aria-label": text.operator.token,
  });
  const button = el("button", { type: "submit", class: "tool" });
  const note = el("small", { text: text.operator.note });
  const form = el("form", { class: "token-form" }, el("span", { text: text.operator.token }), el("div", {}, input, button), note);
  const show = () => {
    const known = token() !== null;
    input.hidden = known;
    input.value = "";
    button.textContent = known ? text.operator.forget : text.operator.use;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keep(token() === null ? input.value.trim() : null);
  });
  document.addEventListener("operator", show, { signal });
  show();
  return form;
}
