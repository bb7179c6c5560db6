package org.citystream.analytics.pane;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One pane of one subject: a cell per sensor and lane, in that order, and what has been told of it. Not thread-safe.
 *
 * <p>A pane that readings still come to holds its cells as objects. One that has closed is kept for hours and hardly ever
 * looked at: it is packed, its cells one array of bytes in the form of {@link CellsCodec}, which takes an eighth of the
 * heap and nothing of the collector's time.
 */
public final class Pane {
    private static final byte[] NO_CELLS = {};

    /** Null: packed. */
    private final @Nullable List<Cell> cells;
    /** Empty unless packed; of a packed pane without cells too. */
    private final byte[] packed;
    /** Revision of the summary last emitted; 0: none. */
    int revision;
    /** Hash of the content last emitted. */
    long toldHash;
    /** Where the readings that overlap this pane stand in their topic, as {@link OffsetRanges}. */
    long[] offsets = OffsetRanges.NONE;
    /** Readings counted here that came after the pane had closed. */
    int late;

    public Pane() {
        this(new ArrayList<>(1));
    }

    Pane(List<Cell> cells) {
        this(cells, NO_CELLS);
    }

    private Pane(@Nullable List<Cell> cells, byte[] packed) {
        this.cells = cells;
        this.packed = packed;
    }

    /** @param packed cells as {@link CellsCodec} writes them */
    static Pane ofPacked(byte[] packed, int revision, long toldHash) {
        return new Pane(null, packed).told(revision, toldHash);
    }

    private Pane told(int toldRevision, long hash) {
        revision = toldRevision;
        toldHash = hash;
        return this;
    }

    Pane readFrom(long[] newOffsets, int lateReadings) {
        offsets = newOffsets;
        late = lateReadings;
        return this;
    }

    /** All but the cells as another pane has it. */
    private Pane like(Pane other) {
        return told(other.revision, other.toldHash).readFrom(other.offsets.clone(), other.late);
    }

    boolean isPacked() {
        return cells == null;
    }

    /** This pane with its cells as objects; itself if they are. */
    Pane open() {
        return cells != null ? this : new Pane(CellsCodec.read(packed)).like(this);
    }

    /** This pane with its cells as bytes; itself if they are. */
    Pane packed() {
        return cells == null ? this : new Pane(null, packedCells()).like(this);
    }

    byte[] packedCells() {
        return cells == null ? packed : cells.isEmpty() ? NO_CELLS : CellsCodec.write(cells);
    }

    /** A pane that shares nothing that changes with this one. */
    Pane copy() {
        if (cells == null) {
            return new Pane(null, packed).like(this);
        }
        List<Cell> copies = new ArrayList<>(Math.max(1, cells.size()));
        for (Cell cell : cells) {
            copies.add(cell.copy());
        }
        return new Pane(copies).like(this);
    }

    /** Cells by sensor id, then lane. */
    public List<Cell> cells() {
        return Collections.unmodifiableList(cells != null ? cells : CellsCodec.read(packed));
    }

    /** Whether no reading overlaps this pane. */
    public boolean isEmpty() {
        return cells != null ? cells.isEmpty() : packed.length == 0;
    }

    /** What these sensors say of it: the pane itself if it knows no others, else a copy for looking at only. */
    public Pane only(Predicate<String> sensorIds) {
        List<Cell> all = cells();
        for (Cell cell : all) {
            if (!sensorIds.test(cell.sensorId())) {
                return new Pane(all.stream()
                        .filter(each -> sensorIds.test(each.sensorId()))
                        .toList());
            }
        }
        return this;
    }

    /** Readings counted in this pane. */
    public int readings() {
        int readings = 0;
        for (Cell cell : cells()) {
            readings += cell.readings;
        }
        return readings;
    }

    long newestObservedAt() {
        return newestObservedAt(cells());
    }

    static long newestObservedAt(List<Cell> cells) {
        long newest = Long.MIN_VALUE;
        for (Cell cell : cells) {
            newest = Math.max(newest, cell.newestObservedAt);
        }
        return newest;
    }

    /** The cell of a sensor lane, made if need be; the pane must be open. */
    Cell cell(Observation reading) {
        List<Cell> open = Objects.requireNonNull(cells, "a packed pane takes nothing in");
        int low = 0;
        int high = open.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = open.get(middle).compareTo(reading.sensorId(), reading.laneId());
            if (order == 0) {
                return open.get(middle);
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        Cell cell = new Cell(reading.sensorId(), reading.laneId(), reading.totals().length);
        open.add(low, cell);
        return cell;
    }
}
