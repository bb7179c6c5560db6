package org.citystream.gateway.decode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import org.citystream.gateway.clock.Era;
import org.citystream.gateway.decode.Decoded.Rejected;
import org.citystream.model.place.SensorKind;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.jspecify.annotations.Nullable;

/** One reading as its fields are met, each judged on its own; then the whole. Every format ends up here. */
final class ReadingDraft {
    private static final int MAX_LANES = 32;
    private static final int MAX_VEHICLES_PER_SECOND = 32;
    /** One lane's saturation flow is 1,900 to 2,400 veh/h; detectors that chatter exceed it steadily. */
    private static final int PLAUSIBLE_LANE_FLOW_PER_HOUR = 3_600;
    /** Where instruments end: the value is a lower bound, not a measurement. */
    private static final List<Double> PARTICLE_CEILINGS = List.of(985.0, 999.0, 1_000.0);

    private final SensorKind kind;
    private final EnumMap<Quantity, Double> measured = new EnumMap<>(Quantity.class);
    private final List<String> flags = new ArrayList<>(0);
    private @Nullable String sensorId;
    private @Nullable String foreignId;
    private @Nullable Instant observedAt;
    private @Nullable Integer periodSeconds;
    private @Nullable String bootId;
    private @Nullable Long sequence;
    private @Nullable Integer laneId;
    private @Nullable Integer vehicleCount;

    ReadingDraft(SensorKind kind) {
        this.kind = kind;
    }

    SensorKind kind() {
        return kind;
    }

    @Nullable String sensorId() {
        return sensorId;
    }

    @Nullable Instant observedAt() {
        return observedAt;
    }

    /** An id of ours. */
    void sensor(String id) throws Refusal {
        sensorId = own("sensorId", id);
    }

    void sensor(ForeignId foreign) {
        sensorId = foreign.id();
        foreignId = foreign.original();
    }

    private static String own(String name, String id) throws Refusal {
        if (!Ids.isValid(id)) {
            throw new Refusal(RejectReason.BAD_ID, name + " must match [A-Za-z0-9._:-]{1,128}");
        }
        return id;
    }

    /** End of the observed period. */
    void observedAt(Instant time) throws Refusal {
        if (!Era.contains(time)) {
            throw new Refusal(RejectReason.BAD_TIME, "observedAt must be within 1970..2261 but is " + time);
        }
        observedAt = time;
    }

    /** The message does not say when it was observed, or only relative to its arrival. */
    void observedByArrival(Instant time) throws Refusal {
        observedAt(time);
        flag("arrival-time");
    }

    void periodSeconds(double seconds) throws Refusal {
        int longest = longestPeriodSeconds();
        if (!(seconds >= 1 && seconds <= longest) || seconds != Math.rint(seconds)) {
            throw new Refusal(
                    RejectReason.BAD_PERIOD,
                    "periodSeconds must be a whole number within 1.." + longest + " but is " + seconds);
        }
        periodSeconds = (int) seconds;
    }

    private int longestPeriodSeconds() {
        return kind == SensorKind.TRAFFIC ? 3_600 : 86_400;
    }

    void bootId(String id) throws Refusal {
        bootId = own("bootId", id);
    }

    /** What distinguishes a sender's restarts in another system. */
    void bootId(ForeignId foreign) {
        bootId = foreign.id();
    }

    void sequence(long number) throws Refusal {
        sequence = within("sequence", number, Long.MAX_VALUE, 0);
    }

    void lane(long number) throws Refusal {
        laneId = (int) within("laneId", number, MAX_LANES, 1);
    }

    void vehicles(long count) throws Refusal {
        vehicleCount = (int) Quantity.VEHICLE_COUNT.check(count, flags);
    }

    private static long within(String name, long value, long highest, long lowest) throws Refusal {
        if (value < lowest || value > highest) {
            throw new Refusal(
                    RejectReason.OUT_OF_RANGE,
                    name + " must be within " + lowest + ".." + highest + " but is " + value);
        }
        return value;
    }

    /** A value in the unit records carry; counts are rounded to whole vehicles. */
    void measure(Quantity quantity, double value) throws Refusal {
        if (quantity == Quantity.VEHICLE_COUNT) {
            vehicleCount = (int) Math.rint(quantity.check(value, flags));
        } else {
            measured.put(quantity, quantity.check(value, flags));
        }
    }

    /** Whether it counts vehicles, and not in which time: whoever reads it will assume one. */
    boolean countsWithoutPeriod() {
        return vehicleCount != null && periodSeconds == null;
    }

    boolean has(Quantity quantity) {
        return quantity == Quantity.VEHICLE_COUNT ? vehicleCount != null : measured.containsKey(quantity);
    }

    boolean isEmpty() {
        return measured.isEmpty() && vehicleCount == null;
    }

    void flag(String flag) {
        if (!flags.contains(flag)) {
            flags.add(flag);
        }
    }

    /** The reading, if the fields together make one. */
    Reading reading(String cityId) throws Refusal {
        String sensor = required("sensorId", sensorId);
        Instant time = required("observedAt", observedAt);
        if ((bootId == null) != (sequence == null)) {
            throw new Refusal(RejectReason.MISSING_FIELD, "bootId and sequence must come together");
        }
        if (isEmpty()) {
            throw new Refusal(RejectReason.MISSING_FIELD, "no measured field");
        }
        return kind == SensorKind.TRAFFIC ? traffic(sensor, time, cityId) : air(sensor, time, cityId);
    }

    /** Why there is no reading, with what could be made out of it. */
    Rejected rejected(Refusal refusal) {
        return new Rejected(refusal.reason(), refusal.detail(), sensorId, observedAt);
    }

    private static <T> T required(String name, @Nullable T value) throws Refusal {
        if (value == null) {
            throw new Refusal(RejectReason.MISSING_FIELD, name + " is missing");
        }
        return value;
    }

    private Reading traffic(String sensor, Instant time, String cityId) throws Refusal {
        checkVehicleCount();
        return new Reading.Traffic(new TrafficReading(
                sensor,
                time,
                periodSeconds,
                bootId,
                sequence,
                laneId,
                vehicleCount,
                measured.get(Quantity.AVERAGE_SPEED),
                measured.get(Quantity.OCCUPANCY),
                foreignId,
                cityId,
                null,
                null,
                flags));
    }

    private void checkVehicleCount() throws Refusal {
        if (vehicleCount == null) {
            return;
        }
        int count = vehicleCount;
        if (periodSeconds != null && count > (long) MAX_VEHICLES_PER_SECOND * periodSeconds) {
            throw new Refusal(
                    RejectReason.OUT_OF_RANGE,
                    "vehicleCount must be at most " + MAX_VEHICLES_PER_SECOND + " a second but is " + count + " in "
                            + periodSeconds + " s");
        }
        if (periodSeconds != null
                && laneId != null
                && count * 3_600L > (long) PLAUSIBLE_LANE_FLOW_PER_HOUR * periodSeconds) {
            flags.add("implausible:vehicleCount");
        }
        Double speed = measured.get(Quantity.AVERAGE_SPEED);
        if (speed != null && (count == 0) != (speed == 0)) {
            flags.add(count == 0 ? "speed-without-vehicles" : "vehicles-without-speed");
        }
    }

    /** Mean gap between vehicles, s: with the count it must fill the period, or one of them is wrong. */
    void checkHeadway(double headwaySeconds) {
        if (vehicleCount == null || vehicleCount == 0 || periodSeconds == null) {
            return;
        }
        double filled = vehicleCount * headwaySeconds;
        if (filled < 0.5 * periodSeconds || (laneId != null && filled > 2.0 * periodSeconds)) {
            flag("headway-contradicts-count");
        }
    }

    private Reading air(String sensor, Instant time, String cityId) {
        flagCeiling(Quantity.PM25, PARTICLE_CEILINGS);
        flagCeiling(Quantity.PM10, PARTICLE_CEILINGS);
        flagCeiling(Quantity.SO2, List.of(500.0));
        Double direction = measured.get(Quantity.WIND_DIRECTION);
        return new Reading.Air(new AirQualityReading(
                sensor,
                time,
                periodSeconds,
                bootId,
                sequence,
                measured.get(Quantity.PM25),
                measured.get(Quantity.PM10),
                measured.get(Quantity.NO2),
                measured.get(Quantity.O3),
                measured.get(Quantity.SO2),
                measured.get(Quantity.CO),
                measured.get(Quantity.TEMPERATURE),
                measured.get(Quantity.RELATIVE_HUMIDITY),
                measured.get(Quantity.WIND_SPEED),
                direction != null && direction == 360 ? Double.valueOf(0) : direction,
                foreignId,
                cityId,
                null,
                null,
                flags));
    }

    private void flagCeiling(Quantity quantity, List<Double> ceilings) {
        Double value = measured.get(quantity);
        if (value != null && ceilings.contains(value)) {
            flags.add("at-range-limit:" + quantity.field());
        }
    }
}
