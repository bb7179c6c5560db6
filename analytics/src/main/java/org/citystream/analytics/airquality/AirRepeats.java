package org.citystream.analytics.airquality;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.analytics.pane.Cell;
import org.citystream.analytics.pane.Pane;
import org.citystream.analytics.pane.VarInt;
import org.citystream.analytics.place.SubjectProfile;
import org.citystream.model.rule.Pollutant;
import org.jspecify.annotations.Nullable;

/**
 * For how many clock hours the sensors of a station have had the very same mean of a pollutant. Immutable by convention.
 *
 * @param runs by sensor and pollutant
 */
record AirRepeats(TreeMap<String, Run> runs) {
    static final AirRepeats NONE = new AirRepeats(new TreeMap<>());

    /** What division may round off, millionths. */
    private static final long TOLERANCE = 1;

    /**
     * @param mean millionths of the unit
     * @param since start of the first of the hours, epoch ms
     * @param hours in which it was measured
     * @param readings in them
     */
    record Run(long mean, long since, int hours, int readings) {
        Run next(long newMean, long start, int more) {
            return Math.abs(mean - newMean) <= TOLERANCE
                    ? new Run(mean, since, hours + 1, readings + more)
                    : new Run(newMean, start, 1, more);
        }
    }

    /** After an hour; what says nothing in it goes on as it was. */
    AirRepeats with(Pane pane, SubjectProfile profile, long start) {
        TreeMap<String, Run> next = new TreeMap<>(runs);
        next.keySet().removeIf(key -> !profile.counts(key.substring(0, key.lastIndexOf('/'))));
        for (Cell cell : pane.cells()) {
            for (Pollutant pollutant : Pollutant.values()) {
                int measure = AirMeasure.of(pollutant).ordinal();
                long measured = cell.measuredMillis(measure);
                if (measured > 0) {
                    long mean = Math.floorDiv(cell.sum(measure), measured);
                    Run before = next.getOrDefault(key(cell, pollutant), new Run(Long.MIN_VALUE / 2, start, 0, 0));
                    next.put(key(cell, pollutant), before.next(mean, start, cell.readings()));
                }
            }
        }
        return new AirRepeats(next);
    }

    @Nullable Run run(Cell cell, Pollutant pollutant) {
        return runs.get(key(cell, pollutant));
    }

    private static String key(Cell cell, Pollutant pollutant) {
        return cell.sensorId() + "/" + pollutant.ordinal();
    }

    void write(DataOutput out) throws IOException {
        VarInt.write(out, runs.size());
        for (Map.Entry<String, Run> entry : runs.entrySet()) {
            out.writeUTF(entry.getKey());
            VarInt.writeSigned(out, entry.getValue().mean());
            VarInt.writeSigned(out, entry.getValue().since());
            VarInt.write(out, entry.getValue().hours());
            VarInt.write(out, entry.getValue().readings());
        }
    }

    static AirRepeats read(DataInput in) throws IOException {
        TreeMap<String, Run> runs = new TreeMap<>();
        for (long i = VarInt.read(in); i > 0; i--) {
            runs.put(in.readUTF(), new Run(VarInt.readSigned(in), VarInt.readSigned(in), (int) VarInt.read(in), (int)
                    VarInt.read(in)));
        }
        return new AirRepeats(runs);
    }
}
