import { get } from "../live/api.js";

/**
 * What a corridor was like over space and time: {times (s, end of step), lanes (from upstream on: segment, fromM, toM,
 * speeds, ratios), episodes}.
 */
export async function readGrid(city, corridorId, { from, to, stepSeconds, signal }) {
  const segments = city.corridor(corridorId);
  const extents = extentsOf(segments.map((segment, i) => segment.sensors[0].corridorPositionM ?? i * 500));
  const span = { from: from.toISOString(), to: to.toISOString() };
  const read = (field) =>
    get(`corridors/${encodeURIComponent(corridorId)}/series`, { ...span, field, step: `PT${stepSeconds}S` }, signal);
  const [speed, ratio, { episodes }] = await Promise.all([
    read("speed_kmh"),
    read("speed_ratio"),
    get("episodes", { ...span, corridor: corridorId }, signal),
  ]);
  const times = [...new Set([...speed.times, ...ratio.times])].map((time) => Date.parse(time) / 1000).sort((a, b) => a - b);
  const lanes = segments.map((segment, i) => ({
    segment,
    ...extents[i],
    speeds: onto(times, speed, segment.id),
    ratios: onto(times, ratio, segment.id),
  }));
  return { times, lanes, episodes, stepSeconds };
}

/** Each detector stands for the road halfway to its neighbours. */
function extentsOf(positions) {
  return positions.map((position, i) => {
    const before = i > 0 ? (position - positions[i - 1]) / 2 : null;
    const after = i + 1 < positions.length ? (positions[i + 1] - position) / 2 : null;
    return { fromM: position - (before ?? after ?? 250), toM: position + (after ?? before ?? 250), positionM: position };
  });
}

function onto(times, { times: own, segments }, id) {
  const values = new Map(own.map((time, i) => [Date.parse(time) / 1000, segments[id]?.[i] ?? null]));
  return times.map((time) => values.get(time) ?? null);
}

/**
 * The outline of an episode as corners [time (s), metres]: its head forwards, its tail back. until: where an open one ends.
 */
export function outline(episode, lanes, until) {
  const end = episode.endedAt ? Date.parse(episode.endedAt) / 1000 : until;
  const start = Date.parse(episode.startedAt) / 1000;
  const spans = spansOf(episode, lanes, start, end);
  const heads = spans.flatMap(({ from, to, headM }) => [[from, headM], [to, headM]]);
  const tails = spans.flatMap(({ from, to, tailM }) => [[from, tailM], [to, tailM]]).reverse();
  return [...heads, ...tails];
}

function spansOf(episode, lanes, start, end) {
  const own = lanes.find(({ segment }) => segment.id === episode.subject.id);
  if (own) return [{ from: start, to: end, tailM: own.fromM, headM: own.toM }];
  const stages = episode.stages.filter(({ at, tailM, headM }) => tailM !== undefined && headM !== undefined && Date.parse(at) / 1000 <= end);
  return stages.map(({ at, tailM, headM }, i) => ({
    from: i === 0 ? start : Date.parse(at) / 1000,
    to: i + 1 < stages.length ? Date.parse(stages[i + 1].at) / 1000 : end,
    tailM: Math.min(tailM, ...covered(lanes, tailM, headM).map(({ fromM }) => fromM)),
    headM: Math.max(headM, ...covered(lanes, tailM, headM).map(({ toM }) => toM)),
  }));
}

const covered = (lanes, tailM, headM) => lanes.filter(({ positionM }) => positionM >= tailM && positionM <= headM);
