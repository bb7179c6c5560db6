package org.citystream.analytics.pane;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * One pane of one subject: a cell per sensor and lane, in that order, and what has been told of it. Not thread-safe.
 */
public final class Pane {
    final List<Cell> cells;
    /** Revision of the summary last emitted; 0: none. */
    int revision;
    /** Hash of the content last emitted. */
    long toldHash;

    public Pane() {
        this(new ArrayList<>(1));
    }

    Pane(List<Cell> cells) {
        this.cells = cells;
    }

    /** Cells by sensor id, then lane. */
    public List<Cell> cells() {
        return Collections.unmodifiableList(cells);
    }

    /** Whether no reading overlaps this pane. */
    public boolean isEmpty() {
        return cells.isEmpty();
    }

    /** What these sensors say of it: the pane itself if it knows no others, else a copy for looking at only. */
    public Pane only(Predicate<String> sensorIds) {
        for (Cell cell : cells) {
            if (!sensorIds.test(cell.sensorId())) {
                return new Pane(cells.stream()
                        .filter(each -> sensorIds.test(each.sensorId()))
                        .toList());
            }
        }
        return this;
    }

    /** Readings counted in this pane. */
    public int readings() {
        int readings = 0;
        for (Cell cell : cells) {
            readings += cell.readings;
        }
        return readings;
    }

    long newestObservedAt() {
        long newest = Long.MIN_VALUE;
        for (Cell cell : cells) {
            newest = Math.max(newest, cell.newestObservedAt);
        }
        return newest;
    }

    /** The cell of a sensor lane, made if need be. */
    Cell cell(Observation reading) {
        int low = 0;
        int high = cells.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = cells.get(middle).compareTo(reading.sensorId(), reading.laneId());
            if (order == 0) {
                return cells.get(middle);
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        Cell cell = new Cell(reading.sensorId(), reading.laneId(), reading.totals().length);
        cells.add(low, cell);
        return cell;
    }
}
