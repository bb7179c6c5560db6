package org.citystream.analytics.airquality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.citystream.analytics.airquality.AirRepeats.Run;
import org.citystream.analytics.pane.Cell;
import org.citystream.analytics.pane.Pane;
import org.citystream.analytics.place.SubjectProfile;
import org.citystream.analytics.sensortrust.ChannelAgreement;
import org.citystream.analytics.sensortrust.SensorLimits;
import org.citystream.model.rule.Pollutant;

/**
 * What of a station's hour is heard and not believed, judged by what its sensors said themselves: they count for nothing in
 * the means, and evidence names them.
 */
record AirDoubts(List<Doubt> doubts) {
    static final AirDoubts NONE = new AirDoubts(List.of());

    private static final String STUCK = "stuck";
    private static final String CHANNELS_DISAGREE = "channels-disagree";
    /** Means of honest values are the same for two or three hours by chance. */
    private static final int STUCK_HOURS = 4;
    /** ... but not of all pollutants together. */
    private static final int ALL_STUCK_HOURS = 3;

    private static final int ALL_STUCK_READINGS = 6;
    private static final int ALL_NEEDS_POLLUTANTS = 3;

    /** One sensor's one pollutant. */
    record Doubt(String sensorId, Pollutant pollutant, String reason) {}

    /** @param repeats this hour included */
    static AirDoubts of(Pane pane, SubjectProfile profile, AirRepeats repeats, long end) {
        List<Doubt> doubts = new ArrayList<>();
        for (Cell cell : pane.cells()) {
            boolean whole = isWhollyStuck(cell, repeats);
            for (Pollutant pollutant : Pollutant.values()) {
                if (isMeasured(cell, pollutant) && (whole || isStuck(cell, pollutant, repeats, end))) {
                    doubts.add(new Doubt(cell.sensorId(), pollutant, STUCK));
                }
            }
        }
        addDisagreeing(pane, profile, doubts);
        doubts.sort(Comparator.comparing(Doubt::sensorId).thenComparing(Doubt::pollutant));
        return new AirDoubts(List.copyOf(doubts));
    }

    boolean concern(Cell cell, AirMeasure measure) {
        return doubts.stream()
                .anyMatch(doubt ->
                        doubt.sensorId().equals(cell.sensorId()) && AirMeasure.of(doubt.pollutant()) == measure);
    }

    private static boolean isMeasured(Cell cell, Pollutant pollutant) {
        return cell.measuredMillis(AirMeasure.of(pollutant).ordinal()) > 0;
    }

    private static boolean isStuck(Cell cell, Pollutant pollutant, AirRepeats repeats, long end) {
        Run run = repeats.run(cell, pollutant);
        String field = AirObservations.FIELDS.get(AirMeasure.of(pollutant).ordinal());
        return run != null
                && run.hours() >= STUCK_HOURS
                && !SensorLimits.mayRepeat(field, value(run))
                && SensorLimits.repeatsTooLong(field, run.readings(), end - run.since());
    }

    private static boolean isWhollyStuck(Cell cell, AirRepeats repeats) {
        int measured = 0;
        boolean moving = false;
        for (Pollutant pollutant : Pollutant.values()) {
            Run run = repeats.run(cell, pollutant);
            if (run == null || !isMeasured(cell, pollutant)) {
                continue;
            }
            if (run.hours() < ALL_STUCK_HOURS || run.readings() < ALL_STUCK_READINGS) {
                return false;
            }
            measured++;
            String field = AirObservations.FIELDS.get(AirMeasure.of(pollutant).ordinal());
            moving |= !SensorLimits.mayRepeat(field, value(run));
        }
        return measured >= ALL_NEEDS_POLLUTANTS && moving;
    }

    private static double value(Run run) {
        return run.mean() / (double) AirMeasure.SCALE;
    }

    private static void addDisagreeing(Pane pane, SubjectProfile profile, List<Doubt> doubts) {
        List<Cell> cells = pane.cells();
        for (Cell a : cells) {
            for (Cell b : cells) {
                if (a != b && areChannels(a, b, profile) && disagree(a, b)) {
                    doubts.add(new Doubt(a.sensorId(), Pollutant.PM25, CHANNELS_DISAGREE));
                    break;
                }
            }
        }
    }

    private static boolean areChannels(Cell a, Cell b, SubjectProfile profile) {
        Optional<String> instrument = ChannelAgreement.instrument(profile.sensor(a.sensorId()));
        return instrument.isPresent() && instrument.equals(ChannelAgreement.instrument(profile.sensor(b.sensorId())));
    }

    private static boolean disagree(Cell a, Cell b) {
        return isMeasured(a, Pollutant.PM25)
                && isMeasured(b, Pollutant.PM25)
                && ChannelAgreement.disagree(mean(a), mean(b));
    }

    private static double mean(Cell cell) {
        int measure = AirMeasure.PM25.ordinal();
        return cell.sum(measure) / (double) cell.measuredMillis(measure) / AirMeasure.SCALE;
    }
}
