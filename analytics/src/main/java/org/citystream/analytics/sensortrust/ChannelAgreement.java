package org.citystream.analytics.sensortrust;

import java.util.Map;
import java.util.Optional;
import org.citystream.model.place.Sensor;
import org.jspecify.annotations.Nullable;

/**
 * Whether two channels of one instrument agree on an hour's PM2.5. They are registered as two sensors with the same attribute
 * {@value #INSTRUMENT}. Neither is believed in an hour in which they differ by more than 5 µg/m³ and by more than 70 % of
 * their mean (AirSensor PurpleAirQC_hourly_AB_03; AirNow Fire and Smoke Map).
 */
public final class ChannelAgreement {
    /** Names the instrument that a sensor is a channel of. */
    public static final String INSTRUMENT = "instrument";

    private static final double TOLERATED_UG_M3 = 5;
    private static final double TOLERATED_SHARE = 0.7;

    private ChannelAgreement() {}

    /** The instrument that a sensor is a channel of. */
    public static Optional<String> instrument(@Nullable Sensor sensor) {
        Map<String, String> attributes = sensor == null ? null : sensor.attributes();
        return attributes == null ? Optional.empty() : Optional.ofNullable(attributes.get(INSTRUMENT));
    }

    /** @param a hourly mean of one channel, µg/m³ */
    public static boolean disagree(double a, double b) {
        double apart = Math.abs(a - b);
        return apart > TOLERATED_UG_M3 && apart > TOLERATED_SHARE * Math.abs(a + b) / 2;
    }
}
