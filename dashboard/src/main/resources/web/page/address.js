/** What is looked at, in the page's address: ?alert=ID, ?segment=ID ..., and of what moment: &at=TIME. */
const KINDS = ["alert", "segment", "station", "corridor", "sensor", "view"];

export function read() {
  const parameters = new URLSearchParams(location.search);
  for (const kind of KINDS) {
    const id = parameters.get(kind);
    if (id) return { kind, id };
  }
  return null;
}

/** The moment of the past that the address names; null: live. */
export function readMoment() {
  const at = new Date(new URLSearchParams(location.search).get("at") ?? NaN);
  return Number.isNaN(at.getTime()) ? null : at;
}

/** A page for something, of the same moment. */
export function write(selection) {
  const current = read();
  if (current?.kind === selection?.kind && current?.id === selection?.id) return;
  history.pushState(null, "", address(selection, readMoment()));
}

/** The same page of another moment, without a step in the history: it would have hundreds. */
export function writeMoment(at) {
  history.replaceState(null, "", address(read(), at));
}

function address(selection, at) {
  const parameters = new URLSearchParams();
  if (selection) parameters.set(selection.kind, selection.id);
  if (at) parameters.set("at", at.toISOString().replace(/\.\d+/, ""));
  const query = parameters.toString().replaceAll("%3A", ":");
  return query ? `?${query}` : location.pathname;
}
