const SAME_PLACE_DEGREES = 0.0003;

/**
 * Segments that share their line with one in the other direction. Only those are drawn beside their line, on the right
 * in driving direction, so that both carriageways can be seen and clicked.
 */
export function twoWay(segments) {
  const paired = new Set();
  const lines = segments.filter((segment) => segment.shape?.type === "LineString");
  const cells = new Map();
  for (const segment of lines) {
    for (const point of samples(segment)) {
      const key = cell(point, 0, 0);
      const held = cells.get(key);
      if (held) held.push({ segment, point });
      else cells.set(key, [{ segment, point }]);
    }
  }
  for (const segment of lines) {
    for (const point of samples(segment)) {
      if (hasOpposite(segment, point, cells)) {
        paired.add(segment);
        break;
      }
    }
  }
  return paired;
}

function hasOpposite(segment, point, cells) {
  for (let dx = -1; dx <= 1; dx++) {
    for (let dy = -1; dy <= 1; dy++) {
      const held = cells.get(cell(point, dx, dy));
      if (held?.some((other) => other.segment !== segment && dot(point.heading, other.point.heading) < -0.7 && isNear(point, other.point))) return true;
    }
  }
  return false;
}

/** A point every ~20 m along the line, with its heading: opposite lines need not share their vertices. */
function* samples(segment) {
  const line = segment.shape.coordinates;
  for (let i = 1; i < line.length; i++) {
    const [x0, y0] = line[i - 1];
    const [x1, y1] = line[i];
    const length = Math.hypot(x1 - x0, y1 - y0);
    if (length === 0) continue;
    const heading = [(x1 - x0) / length, (y1 - y0) / length];
    const steps = Math.min(200, Math.max(1, Math.round(length / SAME_PLACE_DEGREES)));
    for (let step = 0; step < steps; step++) {
      const along = (step + 0.5) / steps;
      yield { x: x0 + along * (x1 - x0), y: y0 + along * (y1 - y0), heading };
    }
  }
}

const dot = (a, b) => a[0] * b[0] + a[1] * b[1];
const isNear = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) < SAME_PLACE_DEGREES;

/** A number for each cell of a grid over the world: thousands of strings would be slow. */
const cell = ({ x, y }, dx, dy) =>
  (Math.floor(x / SAME_PLACE_DEGREES) + dx + 1_000_000) * 4_000_000 + Math.floor(y / SAME_PLACE_DEGREES) + dy + 1_000_000;

/** The line moved to its right by so many pixels at the map's zoom. */
export function beside(map, latLngs, pixels) {
  const zoom = map.getZoom();
  const points = latLngs.map((latLng) => map.project(latLng, zoom));
  return points.map((point, i) => {
    const before = points[Math.max(0, i - 1)];
    const after = points[Math.min(points.length - 1, i + 1)];
    const length = Math.hypot(after.x - before.x, after.y - before.y) || 1;
    const right = L.point(-(after.y - before.y) / length, (after.x - before.x) / length);
    return map.unproject(point.add(right.multiplyBy(pixels)), zoom);
  });
}
