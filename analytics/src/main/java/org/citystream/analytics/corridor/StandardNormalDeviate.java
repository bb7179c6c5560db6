package org.citystream.analytics.corridor;

/**
 * Standard normal deviate: how many standard deviations a station's occupancy lies above what it was in the five minutes
 * before. Two minutes in a row above {@link #CRITICAL} are a sudden onset, as of traffic that runs into a blockage; a queue
 * that grows with the demand comes on over many minutes.
 *
 * <p>Dudek, C. L., Messer, C. J., and Nuckles, N. B.: Incident detection on urban freeways, Transportation Research Record
 * 495, 1974. The critical value and the least deviation are ours.
 *
 * @param last of the newest minute; NaN: not known
 * @param previous of the minute before, against the same five minutes
 */
record StandardNormalDeviate(double last, double previous) {
    /** How many minutes of occupancy it looks at. */
    static final int MINUTES = 7;

    static final double CRITICAL = 4;
    /** A road on which nothing varies must not make an onset of noise: hundredths of a percent of occupancy. */
    private static final double LEAST_DEVIATION = 150;

    /** @param occupancies in hundredths of a percent, the minute to be judged included */
    static StandardNormalDeviate of(RecentMinutes occupancies) {
        double mean = occupancies.mean(2, MINUTES - 1);
        double deviation = Math.max(LEAST_DEVIATION, occupancies.deviation(2, MINUTES - 1));
        return new StandardNormalDeviate(
                (occupancies.at(0) - mean) / deviation, (occupancies.at(1) - mean) / deviation);
    }

    /** Whether occupancy has come up suddenly, and stayed up. */
    boolean isOnset() {
        return last > CRITICAL && previous > CRITICAL;
    }
}
