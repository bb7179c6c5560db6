import { get } from "../live/api.js";

/** When episodes covered a subject, from one moment to another: {from, to (s; Infinity while open), severity}. */
export async function readSpans(subject, from, to, signal) {
  const { corridorId, corridorPositionM } = subject.sensors[0];
  const ids = [subject.id, corridorId, ...subject.sensors.map(({ sensorId }) => sensorId)].filter(Boolean);
  const { episodes } = await get(
    "episodes",
    [["from", from.toISOString()], ["to", to.toISOString()], ...[...new Set(ids)].map((id) => ["subject", id])],
    signal,
  );
  return episodes.flatMap((episode) => (episode.subject.type === "corridor" ? covering(episode, corridorPositionM) : [whole(episode)]));
}

const seconds = (time) => Date.parse(time) / 1000;

const whole = ({ startedAt, endedAt, severity }) => ({
  from: seconds(startedAt),
  to: endedAt ? seconds(endedAt) : Infinity,
  severity,
});

/** The parts of an episode during which its extent had the place. */
function covering(episode, positionM) {
  const all = whole(episode);
  const stages = episode.stages.filter(({ tailM }) => tailM !== undefined);
  const spans = [];
  stages.forEach((stage, i) => {
    if (positionM < stage.tailM || positionM > stage.headM) return;
    const from = i === 0 ? all.from : seconds(stage.at);
    const to = i + 1 < stages.length ? seconds(stages[i + 1].at) : all.to;
    const last = spans.at(-1);
    if (last && last.to === from) last.to = Math.min(to, all.to);
    else if (from < all.to) spans.push({ from, to: Math.min(to, all.to), severity: episode.severity });
  });
  return spans;
}
