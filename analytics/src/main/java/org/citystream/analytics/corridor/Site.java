package org.citystream.analytics.corridor;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import org.citystream.analytics.corridor.California7.Thresholds;
import org.citystream.analytics.traffic.LearnedPercentile;

/**
 * What is usual between two neighbouring stations: a ramp between them, or lanes that end, makes one of them fuller than
 * the other on every quiet day. Immutable.
 *
 * @param differences of occupancy in minutes without congestion, percent
 */
record Site(LearnedPercentile differences) {
    /** Nothing learned. */
    static final Site NEW = new Site(LearnedPercentile.NONE);

    private static final int SAMPLES_NEEDED = 60;
    private static final int USUAL = 99;
    /** How far above the usual a difference must be to be none. */
    private static final double MARGIN_PERCENT = 4;

    /** Brings into effect what is due by the start of a minute. */
    Site at(Instant start, ZoneId zone) {
        return new Site(differences.at(start, zone, USUAL));
    }

    /** Learns from a minute without congestion. */
    Site with(double differencePercent, Instant end) {
        return new Site(differences.with(differencePercent, end, SAMPLES_NEEDED));
    }

    /** The published thresholds, raised to what is unusual here. */
    Thresholds thresholds() {
        Thresholds published = Thresholds.PUBLISHED;
        return differences.isKnown()
                ? new Thresholds(
                        Math.max(published.differencePercent(), differences.value() + MARGIN_PERCENT),
                        published.relativeDifference(),
                        published.downstreamPercent(),
                        differences.value())
                : published;
    }

    void write(DataOutput out) throws IOException {
        differences.write(out);
    }

    static Site read(DataInput in) throws IOException {
        return new Site(LearnedPercentile.read(in));
    }
}
