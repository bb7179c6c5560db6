package org.citystream.analytics.corridor;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.citystream.analytics.traffic.Rounded;

/**
 * Where a queue reaches from and to, along its corridor.
 *
 * @param at end of the minute, epoch ms
 * @param tailM upstream end: halfway to the next station that is free
 * @param headM downstream end, likewise
 */
record Extent(long at, double tailM, double headM) {

    /** Of the stations between two indices, both included. */
    static Extent of(List<Station> stations, int tail, int head, long at) {
        return new Extent(at, border(stations, tail, -1), border(stations, head, 1));
    }

    private static double border(List<Station> stations, int index, int direction) {
        Station station = stations.get(index);
        int next = index + direction;
        double border = next >= 0 && next < stations.size()
                ? (station.positionM() + stations.get(next).positionM()) / 2
                : station.positionM() + direction * station.halfLengthM();
        return Rounded.to(0, border);
    }

    double lengthM() {
        return headM - tailM;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(at);
        out.writeDouble(tailM);
        out.writeDouble(headM);
    }

    static Extent read(DataInput in) throws IOException {
        return new Extent(in.readLong(), in.readDouble(), in.readDouble());
    }
}
