import { el } from "../page/dom.js";
import { tokenField } from "../panel/token-field.js";
import { text } from "../text.js";

const PAGES = ["alerts", "sensors", "system"];

/** The pages beside the map, and how the page looks. */
export function menu(container, select) {
  const links = [null, ...PAGES].map((id) =>
    el("button", {
      type: "button",
      class: "nav-link",
      "data-page": id ?? "map",
      text: text.nav[id ?? "map"],
      on: { click: () => select(id ? { kind: "view", id } : null) },
    }),
  );
  container.append(el("nav", { "aria-label": text.nav.label }, ...links), settings());
  return (selection) => {
    const page = selection?.kind === "view" ? selection.id : selection?.kind === "sensor" ? "sensors" : selection?.kind === "alert" ? "alerts" : "map";
    document.documentElement.dataset.view = selection?.kind === "view" ? "page" : "detail";
    for (const link of links) {
      if (link.dataset.page === page) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  };
}

function settings() {
  const box = el(
    "details",
    { class: "settings" },
    el("summary", { "aria-label": text.settings.title, title: text.settings.title, text: "\u2699" }),
    el(
      "div",
      { class: "settings-body" },
      setting("theme", ["auto", "light", "dark"]),
      setting("palette", ["usual", "safe"]),
      tokenField(),
      el("p", { class: "quiet", text: text.settings.keys }),
    ),
  );
  addEventListener("pointerdown", (event) => box.contains(event.target) || (box.open = false));
  box.addEventListener("keydown", (event) => event.key === "Escape" && (box.open = false));
  return box;
}

function setting(name, values) {
  const chosen = stored(name) ?? values[0];
  const select = el(
    "select",
    { class: "choice", on: { change: () => choose(name, select.value) } },
    ...values.map((value) => el("option", { value, selected: value === chosen, text: text.settings[name][value] })),
  );
  return el("label", {}, el("span", { text: text.settings[name].label }), select);
}

function stored(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function choose(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Without storage the choice cannot be kept.
  }
  document.dispatchEvent(new Event("look-chosen"));
}
