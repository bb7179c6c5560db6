package org.citystream.simulator.city;

/**
 * How well the detectors of a road measure. All deviations are standard deviations of normal scatter.
 *
 * @param effectiveLengthM vehicle plus detection zone, which turns density into occupancy
 * @param countScatter of a count, in square roots of the true count: 1 is that of random arrivals
 * @param calibrationScatter of a detector's speed gain, which it keeps, as a share
 * @param occupancyScatter of an occupancy, as a share
 */
public record DetectorQuality(
        double effectiveLengthM, double countScatter, double calibrationScatter, double occupancyScatter) {
    /** Loops in good repair. */
    public static final DetectorQuality USUAL = new DetectorQuality(6.5, 0.45, 0.015, 0.03);

    public DetectorQuality {
        requireWithin("effectiveLengthM", effectiveLengthM, 4, 12);
        requireWithin("countScatter", countScatter, 0, 2);
        requireWithin("calibrationScatter", calibrationScatter, 0, 0.2);
        requireWithin("occupancyScatter", occupancyScatter, 0, 0.5);
    }

    private static void requireWithin(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(name + " must be within " + least + ".." + most + " but is " + value);
        }
    }
}
