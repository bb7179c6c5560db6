package org.citystream.scoring;

/** Part of a corridor, m along it in driving direction. */
record Stretch(double fromM, double toM) {

    double lengthM() {
        return toM - fromM;
    }

    Stretch and(Stretch other) {
        return new Stretch(Math.min(fromM, other.fromM), Math.max(toM, other.toM));
    }

    Stretch widened(double upstreamM, double downstreamM) {
        return new Stretch(fromM - upstreamM, toM + downstreamM);
    }

    boolean touches(Stretch other) {
        return fromM <= other.toM && other.fromM <= toM;
    }
}
