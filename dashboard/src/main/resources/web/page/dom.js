/**
 * Makes an element. What comes from outside only ever becomes text nodes and attribute values, never markup.
 * props: class, text, on (event name to listener), any other name becomes an attribute; false and null are left out.
 */
export function el(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "text") element.textContent = value;
    else if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Sets a custom property, the one way styles vary by data. */
export function tint(element, color, name = "--tint") {
  element.style.setProperty(name, color);
  return element;
}

/**
 * Gives an element other content: nothing happens while it is the same or a pointer is pressed on it, as a click on an
 * element that was replaced under it is lost; and the keyboard keeps its place (by data-id).
 */
export function refill(element, ...children) {
  const fresh = el("div", {}, ...children.filter((child) => child !== ""));
  const same =
    fresh.childNodes.length === element.childNodes.length &&
    [...fresh.childNodes].every((child, i) => child.isEqualNode(element.childNodes[i]));
  if (same || element.matches(":active")) return;
  const id = element.contains(document.activeElement) ? document.activeElement.dataset.id : null;
  element.replaceChildren(...fresh.childNodes);
  if (id) [...element.querySelectorAll("[data-id]")].find((other) => other.dataset.id === id)?.focus();
}

/** Gives an element other content; a keyboard that was in the former goes on in the new, at the first field there. */
export function exchange(element, ...children) {
  const held = element.contains(document.activeElement);
  element.replaceChildren(...children);
  if (held) element.querySelector("input, select, button, summary")?.focus();
}
