package org.citystream.analytics.traffic;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.citystream.analytics.pane.Cell;
import org.citystream.analytics.pane.VarInt;
import org.citystream.analytics.place.SubjectProfile;
import org.jspecify.annotations.Nullable;

/**
 * How long the detectors of a segment have said the very same, minute by minute. Count, speed and occupancy of real traffic do
 * not repeat together for long; a detector that hangs does. Immutable.
 *
 * @param runs one a detector and lane, in the order of cells
 */
record Repeats(List<Run> runs) {
    static final Repeats NONE = new Repeats(List.of());

    /** What spreading a reading over its minutes may round off. */
    private static final long TOLERANCE = 2;
    /** One measure alone may repeat itself honestly. */
    private static final int MEASURES_NEEDED = 2;

    private static final int[] MEASURES = {TrafficMeasure.VEHICLES, TrafficMeasure.SLOWNESS, TrafficMeasure.OCCUPIED};

    /**
     * @param since start of the first of the equal minutes, epoch ms
     */
    record Run(String sensorId, int laneId, long vehicles, long slowness, long occupied, long since) {
        static Run of(Cell cell, long start) {
            return new Run(
                    cell.sensorId(),
                    cell.laneId(),
                    cell.sum(TrafficMeasure.VEHICLES),
                    cell.sum(TrafficMeasure.SLOWNESS),
                    cell.sum(TrafficMeasure.OCCUPIED),
                    start);
        }

        int compareTo(Cell cell) {
            return -cell.compareTo(sensorId, laneId);
        }

        boolean saysTheSameAs(Run other) {
            return near(vehicles, other.vehicles) && near(slowness, other.slowness) && near(occupied, other.occupied);
        }

        private static boolean near(long a, long b) {
            return Math.abs(a - b) <= TOLERANCE;
        }
    }

    /** After a minute; a detector that is not heard in it goes on as it was. */
    Repeats with(List<Cell> cells, SubjectProfile profile, long start) {
        List<Run> next = new ArrayList<>(cells.size());
        int at = 0;
        for (Cell cell : cells) {
            at = goOn(at, cell, profile, next);
            boolean known = at < runs.size() && runs.get(at).compareTo(cell) == 0;
            if (saysSomething(cell)) {
                Run now = Run.of(cell, start);
                boolean repeated =
                        known && profile.counts(cell.sensorId()) && runs.get(at).saysTheSameAs(now);
                next.add(repeated ? runs.get(at) : now);
            }
            at += known ? 1 : 0;
        }
        goOn(at, null, profile, next);
        return new Repeats(next);
    }

    /** Takes over the runs before a cell, or all that are left; returns where the next one is. */
    private int goOn(int from, @Nullable Cell before, SubjectProfile profile, List<Run> next) {
        int at = from;
        for (; at < runs.size() && (before == null || runs.get(at).compareTo(before) < 0); at++) {
            if (profile.counts(runs.get(at).sensorId())) {
                next.add(runs.get(at));
            }
        }
        return at;
    }

    /** An empty road repeats itself all night. */
    private static boolean saysSomething(Cell cell) {
        int measured = 0;
        for (int measure : MEASURES) {
            measured += cell.measuredMillis(measure) > 0 ? 1 : 0;
        }
        return measured >= MEASURES_NEEDED
                && (cell.sum(TrafficMeasure.VEHICLES) > 0 || cell.sum(TrafficMeasure.OCCUPIED) > 0);
    }

    /** How long a detector has said what it says in the minute that ends here, ms. */
    long repeatedMillis(Cell cell, long end) {
        for (Run run : runs) {
            if (run.compareTo(cell) == 0) {
                return end - run.since();
            }
        }
        return 0;
    }

    void write(DataOutput out) throws IOException {
        VarInt.write(out, runs.size());
        for (Run run : runs) {
            out.writeUTF(run.sensorId());
            VarInt.write(out, run.laneId());
            VarInt.writeSigned(out, run.vehicles());
            VarInt.writeSigned(out, run.slowness());
            VarInt.writeSigned(out, run.occupied());
            VarInt.writeSigned(out, run.since());
        }
    }

    static Repeats read(DataInput in) throws IOException {
        List<Run> runs = new ArrayList<>();
        for (long i = VarInt.read(in); i > 0; i--) {
            runs.add(new Run(
                    in.readUTF(),
                    (int) VarInt.read(in),
                    VarInt.readSigned(in),
                    VarInt.readSigned(in),
                    VarInt.readSigned(in),
                    VarInt.readSigned(in)));
        }
        return runs.isEmpty() ? NONE : new Repeats(runs);
    }
}
