const LONGEST = 200;
/** Where along the road a segment lies. */
const POSITION = /^km\s*[\d.,]+\)?$/;

/** What the names of a road's segments have in common, which is the road's name; null: nothing that is a name. */
export function corridorName(names) {
  if (!names.length) return null;
  const roads = names.map((name) => withoutPosition(name.slice(0, LONGEST)));
  const first = words(roads[0]);
  let common = first.length;
  for (const road of roads) {
    const own = words(road);
    let same = 0;
    while (same < common && own[same] === first[same]) same++;
    common = same;
  }
  const name = trimmed(first.slice(0, common).join(" "));
  return name.length >= 2 && /\p{L}/u.test(name) ? name : null;
}

const words = (name) => name.split(" ").filter(Boolean);

/** The number of a road is part of its name; only a kilometre at the end is not. */
function withoutPosition(name) {
  const at = name.lastIndexOf("km");
  return at > 0 && POSITION.test(name.slice(at).trim()) ? trimmed(name.slice(0, at)) : trimmed(name);
}

/** Without what only led to the part that was cut off. */
function trimmed(name) {
  let end = name.length;
  while (end > 0 && " ,.:-\u2013(".includes(name[end - 1])) end--;
  return name.slice(0, end);
}
