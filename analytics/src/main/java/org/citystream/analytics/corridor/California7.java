package org.citystream.analytics.corridor;

/**
 * California algorithm #7: an incident between two stations makes the occupancy upstream exceed the one downstream, while
 * downstream it stays low. Occupancies in percent over 20 to 60 s.
 *
 * <p>Payne, H. J., and Tignor, S. C.: Freeway incident-detection algorithms based on decision trees with states,
 * Transportation Research Record 682, 1978. Number 7 looks at the downstream occupancy itself, the basic algorithm at its
 * change in time.
 */
enum California7 {
    FREE,
    TENTATIVE,
    CONFIRMED,
    CONTINUING;

    /**
     * Thresholds of a site.
     *
     * @param differencePercent of the occupancies (OCCDF), at least
     * @param relativeDifference of the upstream occupancy (OCCRDF), at least
     * @param downstreamPercent occupancy (DOCC), below
     * @param usualPercent difference that is nothing unusual here, and does not persist: above
     */
    record Thresholds(
            double differencePercent, double relativeDifference, double downstreamPercent, double usualPercent) {
        /** After Payne and Tignor, for a site of which nothing is known. */
        static final Thresholds PUBLISHED = new Thresholds(8.1, 0.313, 16.8, Double.NEGATIVE_INFINITY);
    }

    /** The state an interval later. */
    California7 next(double upstreamPercent, double downstreamPercent, Thresholds thresholds) {
        double difference = upstreamPercent - downstreamPercent;
        double relative = upstreamPercent > 0 ? difference / upstreamPercent : 0;
        boolean persists = relative >= thresholds.relativeDifference() && difference > thresholds.usualPercent();
        return switch (this) {
            case TENTATIVE -> persists ? CONFIRMED : FREE;
            case CONFIRMED, CONTINUING -> persists ? CONTINUING : FREE;
            case FREE ->
                persists
                                && difference >= thresholds.differencePercent()
                                && downstreamPercent < thresholds.downstreamPercent()
                        ? TENTATIVE
                        : FREE;
        };
    }

    /** Whether it has been seen twice. */
    boolean alarms() {
        return this == CONFIRMED || this == CONTINUING;
    }
}
