package org.citystream.analytics.pane;

import java.util.Arrays;

/**
 * What one sensor lane contributes to one pane: fixed-point sums, the time they cover, and the identities already
 * counted here. Adding is commutative.
 */
public final class Cell implements Comparable<Cell> {
    /** Identities as triples of boot key, number / 64, and a bitmap of the 64 numbers from there. */
    private static final int TRIPLE = 3;

    final String sensorId;
    final int laneId;
    int readings;
    long support;
    long newestObservedAt = Long.MIN_VALUE;
    long coveredMillis;
    final long[] sums;
    final long[] measuredMillis;
    long[] seen = new long[0];

    Cell(String sensorId, int laneId, int measures) {
        this(sensorId, laneId, new long[measures], new long[measures]);
    }

    Cell(String sensorId, int laneId, long[] sums, long[] measuredMillis) {
        this.sensorId = sensorId;
        this.laneId = laneId;
        this.sums = sums;
        this.measuredMillis = measuredMillis;
    }

    public String sensorId() {
        return sensorId;
    }

    /** Lane from 1; 0: the whole carriageway. */
    public int laneId() {
        return laneId;
    }

    /** Readings counted in this pane: those whose last millisecond lies in it. */
    public int readings() {
        return readings;
    }

    /** Sum of the whole weights of all readings that overlap this pane; of a revised cell the revision it holds. */
    public long support() {
        return support;
    }

    /** Newest {@code observedAt} of the readings counted here, epoch ms; {@link Long#MIN_VALUE} if there are none. */
    public long newestObservedAt() {
        return newestObservedAt;
    }

    /** Time of this pane that readings cover, ms; more than the pane is long where readings overlap each other. */
    public long coveredMillis() {
        return coveredMillis;
    }

    /** Fixed-point sum of a measure; of one that was added after the cell was made, 0. */
    public long sum(int measure) {
        return measure < sums.length ? sums[measure] : 0;
    }

    /** Time for which a measure is known, ms; 0 means not measured. */
    public long measuredMillis(int measure) {
        return measure < measuredMillis.length ? measuredMillis[measure] : 0;
    }

    /** Notes the identity; false if it was counted before. */
    boolean register(Observation reading) {
        long word = reading.number() >> 6;
        long bit = 1L << (reading.number() & 63);
        for (int i = 0; i < seen.length; i += TRIPLE) {
            if (seen[i] == reading.boot() && seen[i + 1] == word) {
                boolean first = (seen[i + 2] & bit) == 0;
                seen[i + 2] |= bit;
                return first;
            }
        }
        int end = seen.length;
        seen = Arrays.copyOf(seen, end + TRIPLE);
        seen[end] = reading.boot();
        seen[end + 1] = word;
        seen[end + 2] = bit;
        return true;
    }

    /** Holds what this says instead of what it held; false if it held this revision or a later one. */
    boolean revise(Observation revised) {
        if (readings > 0 && revised.number() <= support) {
            return false;
        }
        readings = 1;
        support = revised.number();
        newestObservedAt = revised.observedAt();
        coveredMillis = revised.periodMillis();
        for (int i = 0; i < sums.length; i++) {
            boolean measured = revised.totals()[i] != Observation.NOT_MEASURED;
            sums[i] = measured ? revised.totals()[i] : 0;
            measuredMillis[i] = measured ? revised.periodMillis() : 0;
        }
        return true;
    }

    /** Adds the part of a reading between two moments of its period. */
    void add(Observation reading, long from, long to) {
        coveredMillis += to - from;
        support += reading.support();
        for (int i = 0; i < sums.length; i++) {
            long total = reading.totals()[i];
            if (total != Observation.NOT_MEASURED) {
                sums[i] += Spread.share(total, from, to, reading.periodMillis());
                measuredMillis[i] += to - from;
            }
        }
    }

    void count(Observation reading) {
        readings++;
        newestObservedAt = Math.max(newestObservedAt, reading.observedAt());
    }

    Cell copy() {
        Cell copy = new Cell(sensorId, laneId, sums.clone(), measuredMillis.clone());
        copy.readings = readings;
        copy.support = support;
        copy.newestObservedAt = newestObservedAt;
        copy.coveredMillis = coveredMillis;
        copy.seen = seen.clone();
        return copy;
    }

    /** The order of cells: by sensor id, then lane. */
    public int compareTo(String otherSensorId, int otherLaneId) {
        int bySensor = sensorId.compareTo(otherSensorId);
        return bySensor != 0 ? bySensor : Integer.compare(laneId, otherLaneId);
    }

    @Override
    public int compareTo(Cell other) {
        return compareTo(other.sensorId, other.laneId);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cell cell && compareTo(cell) == 0;
    }

    @Override
    public int hashCode() {
        return sensorId.hashCode() * 31 + laneId;
    }
}
