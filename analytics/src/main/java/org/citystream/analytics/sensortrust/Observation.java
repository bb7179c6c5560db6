package org.citystream.analytics.sensortrust;

import java.util.Map;

/**
 * One reading as its sensor's health sees it.
 *
 * @param channel what repeats itself as a whole: {@code all-air}, or {@code all-traffic} with the lane
 * @param observedAtMillis end of the observed period, ms since 1970
 * @param arrivedAtMillis the deployment's clock at arrival, ms since 1970
 * @param bootKey of the boot that sent it; {@link org.citystream.analytics.pane.Identity#NO_BOOT}: it does not say
 * @param values measured values by field name, ascending
 */
public record Observation(
        String channel, long observedAtMillis, long arrivedAtMillis, long bootKey, Map<String, Double> values) {
    static final String ALL_AIR = "all-air";
    static final String ALL_TRAFFIC = "all-traffic";

    /** Of a carriageway's or lane's detector. @param laneId from 1; 0: none */
    public static String trafficChannel(int laneId) {
        return laneId == 0 ? ALL_TRAFFIC : ALL_TRAFFIC + "/" + laneId;
    }

    /** Of an air station. */
    public static String airChannel() {
        return ALL_AIR;
    }

    /** The row of the limits that a channel obeys. */
    static String limitsName(String channel) {
        int slash = channel.indexOf('/');
        return slash < 0 ? channel : channel.substring(0, slash);
    }

    /** A measure of this reading's lane. */
    String channelOf(String measure) {
        return measure + channel.substring(limitsName(channel).length());
    }
}
