package org.citystream.analytics.pane;

import java.time.Instant;

/** Panes and cells as the kernel fills them, for tests of what is made of them. */
public final class Filled {
    private Filled() {}

    /** A pane with the share that each reading has in it. */
    public static Pane pane(Instant from, Instant until, Observation... readings) {
        long start = from.toEpochMilli();
        long end = until.toEpochMilli();
        Pane pane = new Pane();
        for (Observation reading : readings) {
            long began = reading.observedAt() - reading.periodMillis();
            Cell cell = pane.cell(reading);
            cell.add(reading, Math.max(start, began) - began, Math.min(end, reading.observedAt()) - began);
            if (reading.observedAt() <= end) {
                cell.count(reading);
            }
        }
        return pane;
    }

    /** What a group's pane holds of one of its parts. */
    public static Cell part(Observation part) {
        Cell cell = new Cell(part.sensorId(), part.laneId(), part.totals().length);
        cell.revise(part);
        return cell;
    }
}
