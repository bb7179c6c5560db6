/** Share of time a detector is covered from which, with no vehicle passing, traffic stands on it: as the jobs judge it. */
const STANDSTILL_OCCUPANCY = 0.35;

/** Speed as share of free flow; 0 in a standstill, where nothing passes and no speed is measured; null: not known. */
export function ratioOf(summary) {
  const { speedRatio, spaceMeanSpeedKmh, occupancy } = summary ?? {};
  if (speedRatio !== null && speedRatio !== undefined) return speedRatio;
  const noSpeed = spaceMeanSpeedKmh === null || spaceMeanSpeedKmh === undefined;
  return noSpeed && occupancy >= STANDSTILL_OCCUPANCY ? 0 : null;
}

/** Whether the road was watched, and nobody drove there. */
export function isEmpty(summary) {
  return Boolean(summary) && ratioOf(summary) === null && summary.vehicleFlowPerHour === 0;
}
