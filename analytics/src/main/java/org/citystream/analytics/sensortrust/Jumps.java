package org.citystream.analytics.sensortrust;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.citystream.analytics.sensortrust.SensorLimits.Limits;

/**
 * What one reading shows of those directly before it: values that jumped away and have come back.
 *
 * @param recent last values by channel, ascending, this reading included
 * @param spikes how many readings before this one held one
 * @param detail of the first, for people; empty: none
 */
record Jumps(List<Recent> recent, int spikes, String detail) {

    /** Impossible values and codes say nothing of jumps; they are counted for what they are. */
    static Jumps after(List<Recent> before, Observation observation) {
        TreeMap<String, Recent> recent = new TreeMap<>();
        before.forEach(each -> recent.put(each.channel(), each));
        Set<String> codes = ErrorCodes.in(observation.values());
        int spikes = 0;
        String detail = "";
        for (Map.Entry<String, Double> measured : observation.values().entrySet()) {
            double value = measured.getValue();
            Limits limits = SensorLimits.of(measured.getKey());
            Double leastJump = limits.spikeFloor();
            if (leastJump == null
                    || codes.contains(measured.getKey())
                    || !limits.isPlausible(value)
                    || limits.isAtRangeEnd(value)) {
                continue;
            }
            String channel = observation.channelOf(measured.getKey());
            Recent known = recent.getOrDefault(channel, Recent.of(channel));
            int found = known.spikesBefore(value, leastJump);
            if (found > 0 && spikes == 0) {
                detail = channel + " jumped to " + known.apart().get(0) + " and back";
            }
            spikes = Math.max(spikes, found);
            recent.put(channel, known.next(value, leastJump));
        }
        return new Jumps(new ArrayList<>(recent.values()), spikes, detail);
    }

    /** In the sensor's history, where this reading is bit 0. */
    long bits() {
        return ((1L << spikes) - 1) << 1;
    }
}
