import { get } from "../live/api.js";

/** Values of several fields of one subject on one time axis: {times (s), columns}. */
export async function readSeries({ measurement, subject, fields, from, to, stepSeconds, signal }) {
  const parameters = {
    measurement,
    subject,
    from: from.toISOString(),
    to: to.toISOString(),
    step: `PT${stepSeconds}S`,
  };
  const answers = await Promise.all(fields.map((field) => get("series", { ...parameters, field }, signal)));
  const times = [...new Set(answers.flatMap((answer) => answer.points.map(([at]) => Date.parse(at) / 1000)))].sort((a, b) => a - b);
  const columns = answers.map((answer) => {
    const values = new Map(answer.points.map(([at, value]) => [Date.parse(at) / 1000, value]));
    return times.map((time) => values.get(time) ?? null);
  });
  return { times, columns };
}

/**
 * Of what is told only when it changes: it holds until it is told again. before: what held at the beginning; latest: {since (s),
 * value}, what holds now, which the store may not have yet; null: not known.
 */
export function held(times, column, before, latest, now) {
  let known = before;
  return column.map((value, i) => {
    known = value ?? known ?? (latest && times[i] >= latest.since ? latest.value : null);
    return i > 0 && times[i - 1] >= now ? null : known;
  });
}
