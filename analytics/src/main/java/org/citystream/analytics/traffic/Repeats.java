package org.citystream.analytics.traffic;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.analytics.pane.Cell;
import org.citystream.analytics.pane.VarInt;
import org.citystream.analytics.place.SubjectProfile;

/**
 * How long the detectors of a segment have said the very same, minute by minute. Count, speed and occupancy of real traffic do
 * not repeat together for long; a detector that hangs does. Immutable by convention.
 *
 * @param runs by detector and lane
 */
record Repeats(TreeMap<String, Run> runs) {
    static final Repeats NONE = new Repeats(new TreeMap<>());

    /** What spreading a reading over its minutes may round off. */
    private static final long TOLERANCE = 2;
    /** One measure alone may repeat itself honestly. */
    private static final int MEASURES_NEEDED = 2;

    /**
     * @param since start of the first of the equal minutes, epoch ms
     */
    record Run(long vehicles, long slowness, long occupied, long since) {
        static Run of(Cell cell, long start) {
            return new Run(
                    cell.sum(TrafficMeasure.VEHICLES),
                    cell.sum(TrafficMeasure.SLOWNESS),
                    cell.sum(TrafficMeasure.OCCUPIED),
                    start);
        }

        boolean saysTheSameAs(Run other) {
            return near(vehicles, other.vehicles) && near(slowness, other.slowness) && near(occupied, other.occupied);
        }

        private static boolean near(long a, long b) {
            return Math.abs(a - b) <= TOLERANCE;
        }
    }

    /** After a minute; what says nothing in it goes on as it was. */
    Repeats with(List<Cell> cells, SubjectProfile profile, long start) {
        TreeMap<String, Run> next = new TreeMap<>(runs);
        next.keySet().removeIf(key -> !profile.counts(sensorId(key)));
        for (Cell cell : cells) {
            if (saysSomething(cell)) {
                Run now = Run.of(cell, start);
                next.merge(key(cell), now, (before, after) -> before.saysTheSameAs(after) ? before : after);
            } else {
                next.remove(key(cell));
            }
        }
        return new Repeats(next);
    }

    /** An empty road repeats itself all night. */
    private static boolean saysSomething(Cell cell) {
        int measured = 0;
        for (int measure : new int[] {TrafficMeasure.VEHICLES, TrafficMeasure.SLOWNESS, TrafficMeasure.OCCUPIED}) {
            measured += cell.measuredMillis(measure) > 0 ? 1 : 0;
        }
        return measured >= MEASURES_NEEDED
                && (cell.sum(TrafficMeasure.VEHICLES) > 0 || cell.sum(TrafficMeasure.OCCUPIED) > 0);
    }

    /** How long a detector has said what it says in the minute that ends here, ms. */
    long repeatedMillis(Cell cell, long end) {
        Run run = runs.get(key(cell));
        return run == null ? 0 : end - run.since();
    }

    private static String key(Cell cell) {
        return cell.sensorId() + "/" + cell.laneId();
    }

    private static String sensorId(String key) {
        return key.substring(0, key.lastIndexOf('/'));
    }

    void write(DataOutput out) throws IOException {
        VarInt.write(out, runs.size());
        for (Map.Entry<String, Run> entry : runs.entrySet()) {
            out.writeUTF(entry.getKey());
            VarInt.writeSigned(out, entry.getValue().vehicles());
            VarInt.writeSigned(out, entry.getValue().slowness());
            VarInt.writeSigned(out, entry.getValue().occupied());
            VarInt.writeSigned(out, entry.getValue().since());
        }
    }

    static Repeats read(DataInput in) throws IOException {
        TreeMap<String, Run> runs = new TreeMap<>();
        for (long i = VarInt.read(in); i > 0; i--) {
            runs.put(
                    in.readUTF(),
                    new Run(
                            VarInt.readSigned(in),
                            VarInt.readSigned(in),
                            VarInt.readSigned(in),
                            VarInt.readSigned(in)));
        }
        return new Repeats(runs);
    }
}
