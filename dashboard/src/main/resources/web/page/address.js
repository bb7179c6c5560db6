/** What is looked at, in the page's address: ?alert=ID, ?segment=ID or ?station=ID. */
const KINDS = ["alert", "segment", "station"];

export function read() {
  const parameters = new URLSearchParams(location.search);
  for (const kind of KINDS) {
    const id = parameters.get(kind);
    if (id) return { kind, id };
  }
  return null;
}

export function write(selection) {
  const query = selection ? `?${new URLSearchParams({ [selection.kind]: selection.id })}` : location.pathname;
  const current = read();
  if (current?.kind !== selection?.kind || current?.id !== selection?.id) history.pushState(null, "", query);
}
