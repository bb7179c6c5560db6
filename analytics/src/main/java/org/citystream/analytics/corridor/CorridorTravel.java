package org.citystream.analytics.corridor;

import java.util.List;
import org.citystream.analytics.traffic.SegmentPart;
import org.citystream.analytics.traffic.TravelTime;

/**
 * What it takes to drive a corridor at the speeds of one minute: each station stands for the road halfway to its neighbours.
 * NaN stands for not known.
 *
 * @param lengthM of all of it
 * @param seconds travel time; where speeds are missing, as elsewhere on average
 * @param freeFlowSeconds likewise in free flow
 * @param vehicleDelayVehH of the vehicles counted
 * @param knownShare share of the length whose speed is known, 0..1
 */
record CorridorTravel(
        double lengthM, double seconds, double freeFlowSeconds, double vehicleDelayVehH, double knownShare) {
    /** Less than half of a corridor says nothing of all of it. */
    private static final double SHARE_NEEDED = 0.5;
    /** Traffic that stands moves on some day; slower than this is not told apart, km/h. */
    private static final double STANDSTILL_KMH = 3;

    private static final double MINUTES_PER_HOUR = 60;

    /** @param stations in driving direction */
    static CorridorTravel of(List<Station> stations) {
        double length = 0;
        double known = 0;
        double hours = 0;
        double freeHours = 0;
        double delay = 0;
        for (int i = 0; i < stations.size(); i++) {
            Station station = stations.get(i);
            double metres = metres(stations, i);
            length += metres;
            SegmentPart part = station.part();
            double ratio = station.ratio();
            if (part == null || Double.isNaN(ratio) || Double.isNaN(part.freeFlowSpeedKmh())) {
                continue;
            }
            double speed = Math.max(STANDSTILL_KMH, ratio == 0 ? 0 : part.speedKmh());
            double free = part.freeFlowSpeedKmh();
            known += metres;
            freeHours += metres / 1000 / free;
            hours += metres / 1000 / Math.min(speed, free);
            if (!Double.isNaN(part.flowPerHour())) {
                delay += TravelTime.vehicleDelayVehH(part.flowPerHour() / MINUTES_PER_HOUR, metres, speed, free);
            }
        }
        double share = length == 0 ? 0 : known / length;
        boolean enough = share >= SHARE_NEEDED;
        return new CorridorTravel(
                length,
                enough ? hours / share * 3600 : Double.NaN,
                enough ? freeHours / share * 3600 : Double.NaN,
                enough ? delay : Double.NaN,
                share);
    }

    private static double metres(List<Station> stations, int index) {
        return half(stations, index, -1) + half(stations, index, 1);
    }

    private static double half(List<Station> stations, int index, int direction) {
        Station station = stations.get(index);
        int next = index + direction;
        return next >= 0 && next < stations.size()
                ? Math.abs(stations.get(next).positionM() - station.positionM()) / 2
                : station.halfLengthM();
    }

    /** At least 1. */
    double index() {
        return TravelTime.index(seconds, freeFlowSeconds);
    }
}
