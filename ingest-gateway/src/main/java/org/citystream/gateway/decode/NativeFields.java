package org.citystream.gateway.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citystream.model.place.SensorKind;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.jspecify.annotations.Nullable;

/** The fields of one native message as they are met, each judged on its own; then the whole. */
final class NativeFields {
    private static final Instant EARLIEST = Instant.EPOCH;
    /** Still a nanosecond count in 64 bits, so that no later arithmetic overflows. */
    private static final Instant LATEST = Instant.parse("2261-12-31T23:59:59Z");

    private static final Map<String, Quantity> TRAFFIC = named(Quantity.AVERAGE_SPEED, Quantity.OCCUPANCY);
    private static final Map<String, Quantity> AIR = named(
            Quantity.PM25,
            Quantity.PM10,
            Quantity.NO2,
            Quantity.O3,
            Quantity.SO2,
            Quantity.CO,
            Quantity.TEMPERATURE,
            Quantity.RELATIVE_HUMIDITY,
            Quantity.WIND_SPEED,
            Quantity.WIND_DIRECTION);
    private static final double MAX_EXACT_WHOLE_NUMBER = 1L << 53;
    private static final int MAX_LANES = 32;
    /** No lane passes more than two vehicles a second, a carriageway has at most 16 lanes. */
    private static final int MAX_VEHICLES_PER_SECOND = 32;
    /** One lane's saturation flow is 1,900 to 2,400 veh/h; detectors that chatter exceed it steadily. */
    private static final int PLAUSIBLE_LANE_FLOW_PER_HOUR = 3_600;
    /** Where instruments end: the value is a lower bound, not a measurement. */
    private static final List<Double> PARTICLE_CEILINGS = List.of(985.0, 999.0, 1_000.0);

    private final SensorKind kind;
    private final Map<String, Quantity> quantities;
    private final EnumMap<Quantity, Double> measured = new EnumMap<>(Quantity.class);
    private final List<String> flags = new ArrayList<>(0);
    private @Nullable String sensorId;
    private @Nullable Instant observedAt;
    private @Nullable Integer periodSeconds;
    private @Nullable String bootId;
    private @Nullable Long sequence;
    private @Nullable Integer laneId;
    private @Nullable Integer vehicleCount;

    NativeFields(SensorKind kind) {
        this.kind = kind;
        this.quantities = kind == SensorKind.TRAFFIC ? TRAFFIC : AIR;
    }

    private static Map<String, Quantity> named(Quantity... quantities) {
        Map<String, Quantity> byName = new HashMap<>();
        for (Quantity quantity : quantities) {
            byName.put(quantity.field(), quantity);
        }
        return byName;
    }

    @Nullable Instant observedAt() {
        return observedAt;
    }

    /** Takes one field; the parser stands on its value. */
    void read(String name, JsonToken token, JsonParser parser) throws IOException, Refusal {
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        switch (name) {
            case "sensorId" -> sensorId = id(name, token, parser);
            case "observedAt" -> observedAt = time(name, token, parser);
            case "periodSeconds" -> periodSeconds = period(token, parser);
            case "bootId" -> bootId = id(name, token, parser);
            case "sequence" -> sequence = wholeNumber(name, token, parser, 0, Long.MAX_VALUE);
            default -> readMeasured(name, token, parser);
        }
    }

    private void readMeasured(String name, JsonToken token, JsonParser parser) throws IOException, Refusal {
        Quantity quantity = quantities.get(name);
        if (quantity != null) {
            measured.put(quantity, quantity.check(number(name, token, parser), flags));
        } else if (kind == SensorKind.TRAFFIC && name.equals("laneId")) {
            laneId = (int) wholeNumber(name, token, parser, 1, MAX_LANES);
        } else if (kind == SensorKind.TRAFFIC && name.equals("vehicleCount")) {
            vehicleCount = (int) wholeNumber(
                    name,
                    token,
                    parser,
                    0,
                    (long) MAX_VEHICLES_PER_SECOND * NativeJson.longestPeriodSeconds(SensorKind.TRAFFIC));
        } else {
            NativeJson.skip(parser);
        }
    }

    /** The reading, if the fields together make one. */
    Reading reading(NativeTopic topic) throws Refusal {
        String sensor = required("sensorId", sensorId);
        Instant time = required("observedAt", observedAt);
        if (!sensor.equals(topic.sensorId())) {
            throw new Refusal(
                    RejectReason.IDENTITY_MISMATCH, "the topic names " + topic.sensorId() + ", the payload " + sensor);
        }
        if ((bootId == null) != (sequence == null)) {
            throw new Refusal(RejectReason.MISSING_FIELD, "bootId and sequence must come together");
        }
        if (measured.isEmpty() && vehicleCount == null) {
            throw new Refusal(RejectReason.MISSING_FIELD, "no measured field");
        }
        return kind == SensorKind.TRAFFIC ? traffic(topic, time) : air(topic, time);
    }

    private Reading traffic(NativeTopic topic, Instant time) throws Refusal {
        checkVehicleCount();
        return new Reading.Traffic(new TrafficReading(
                topic.sensorId(),
                time,
                periodSeconds,
                bootId,
                sequence,
                laneId,
                vehicleCount,
                measured.get(Quantity.AVERAGE_SPEED),
                measured.get(Quantity.OCCUPANCY),
                null,
                topic.cityId(),
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

    private Reading air(NativeTopic topic, Instant time) {
        flagCeiling(Quantity.PM25, PARTICLE_CEILINGS);
        flagCeiling(Quantity.PM10, PARTICLE_CEILINGS);
        flagCeiling(Quantity.SO2, List.of(500.0));
        Double direction = measured.get(Quantity.WIND_DIRECTION);
        return new Reading.Air(new AirQualityReading(
                topic.sensorId(),
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
                null,
                topic.cityId(),
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

    private static <T> T required(String name, @Nullable T value) throws Refusal {
        if (value == null) {
            throw new Refusal(RejectReason.MISSING_FIELD, name + " is missing");
        }
        return value;
    }

    private static String id(String name, JsonToken token, JsonParser parser) throws IOException, Refusal {
        String text = text(name, token, parser);
        if (!Ids.isValid(text)) {
            throw new Refusal(RejectReason.BAD_ID, name + " must match [A-Za-z0-9._:-]{1,128}");
        }
        return text;
    }

    private static Instant time(String name, JsonToken token, JsonParser parser) throws IOException, Refusal {
        String text = text(name, token, parser);
        Instant time;
        try {
            time = Instant.parse(text);
        } catch (DateTimeException e) {
            throw new Refusal(RejectReason.BAD_TIME, name + " must be an RFC 3339 time but is '" + text + "'");
        }
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new Refusal(RejectReason.BAD_TIME, name + " must be within 1970..2261 but is " + text);
        }
        return time;
    }

    private int period(JsonToken token, JsonParser parser) throws IOException, Refusal {
        double seconds = number("periodSeconds", token, parser);
        int longest = NativeJson.longestPeriodSeconds(kind);
        if (!(seconds >= 1 && seconds <= longest) || seconds != Math.rint(seconds)) {
            throw new Refusal(
                    RejectReason.BAD_PERIOD,
                    "periodSeconds must be a whole number within 1.." + longest + " but is " + seconds);
        }
        return (int) seconds;
    }

    private static String text(String name, JsonToken token, JsonParser parser) throws IOException, Refusal {
        if (token != JsonToken.VALUE_STRING) {
            throw new Refusal(RejectReason.WRONG_TYPE, name + " must be a string");
        }
        return parser.getText();
    }

    private static double number(String name, JsonToken token, JsonParser parser) throws IOException, Refusal {
        if (!token.isNumeric()) {
            throw new Refusal(RejectReason.WRONG_TYPE, name + " must be a number");
        }
        return parser.getDoubleValue();
    }

    /** JSON knows one number type, so 14.0 is the whole number 14. */
    private static long wholeNumber(String name, JsonToken token, JsonParser parser, long lowest, long highest)
            throws IOException, Refusal {
        double value = number(name, token, parser);
        if (token == JsonToken.VALUE_NUMBER_INT) {
            if (parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
                long exact = parser.getLongValue();
                if (exact >= lowest && exact <= highest) {
                    return exact;
                }
            }
        } else if (value != Math.rint(value)) {
            throw new Refusal(RejectReason.WRONG_TYPE, name + " must be a whole number but is " + value);
        } else if (value >= lowest && value <= highest && value <= MAX_EXACT_WHOLE_NUMBER) {
            return (long) value;
        }
        throw new Refusal(
                RejectReason.OUT_OF_RANGE, name + " must be within " + lowest + ".." + highest + " but is " + value);
    }
}
