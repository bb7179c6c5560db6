package org.citystream.analytics.sensortrust;

/**
 * How far a sensor's hours are from its neighbours' in one measure, as natural logarithms of ratios: usually, lately, and
 * how much that scatters. Stations differ, so only a change is drift. Immutable.
 *
 * @param usual mean of all hours, over a month at most
 * @param scatter mean distance of an hour from what is usual
 * @param lately mean of about the last day
 * @param hours compared, counted up to {@link #REMEMBERED_HOURS}
 * @param drifts whether it has left its neighbours
 * @param sinceMillis start of the first hour since it does, or else of the newest hour; ms since 1970
 */
public record Departure(
        String measure, double usual, double scatter, double lately, int hours, boolean drifts, long sinceMillis) {
    static final int REMEMBERED_HOURS = 30 * 24;
    private static final int NEEDED_HOURS = 48;
    private static final int LATELY_HOURS = 24;
    /** Half as much again, or a third less. */
    private static final double LEAST = Math.log(1.5);

    private static final double SCATTERS = 1.5;

    static Departure first(String measure, double departure, long hourStart) {
        return new Departure(measure, departure, 0, departure, 1, false, hourStart);
    }

    Departure next(double departure, long hourStart) {
        int now = Math.min(REMEMBERED_HOURS, hours + 1);
        double newLately = lately + (departure - lately) / Math.min(now, LATELY_HOURS);
        double bound = Math.max(LEAST, SCATTERS * scatter);
        double away = Math.abs(newLately - usual);
        boolean nowDrifts = now >= NEEDED_HOURS && away > (drifts ? bound / 2 : bound);
        // What is wrong must not become what is usual: while it drifts nothing is learned, and before that no hour
        // counts for much.
        double learns = nowDrifts ? 0 : 1.0 / now;
        double most = now < NEEDED_HOURS ? Double.MAX_VALUE : SCATTERS * scatter + LEAST / 8;
        double step = Math.max(-most, Math.min(most, departure - usual));
        double newUsual = usual + step * learns;
        double newScatter = scatter + (Math.abs(step) - scatter) * learns;
        return new Departure(
                measure,
                newUsual,
                newScatter,
                newLately,
                now,
                nowDrifts,
                drifts && nowDrifts ? sinceMillis : hourStart);
    }

    /** How many times what is usual it reads beside its neighbours. */
    double factor() {
        return Math.exp(lately - usual);
    }
}
