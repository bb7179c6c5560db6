package org.citystream.simulator.format;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.NearestName;
import org.citystream.simulator.city.SensorPattern;
import org.citystream.simulator.publish.Outgoing;

/** Which sensors of a city speak a foreign format, and their messages in it. */
public final class SensorFormats {
    private static final Map<String, ForeignFormat> BY_NAME =
            List.of(SenMlFormat.JSON, SenMlFormat.CBOR, new ThingsStackFormat(), new NgsiLdFormat()).stream()
                    .collect(Collectors.toUnmodifiableMap(ForeignFormat::name, format -> format));

    private final Map<String, Speaker> speakers;

    private record Speaker(SensorKind kind, ForeignFormat format) {}

    private SensorFormats(Map<String, Speaker> speakers) {
        this.speakers = Map.copyOf(speakers);
    }

    /**
     * @param texts each {@code FORMAT=SENSORS}; where several name a sensor, the last one counts
     * @throws IllegalArgumentException saying what is wrong and what there is
     */
    public static SensorFormats parse(List<String> texts, List<Sensor> sensors) {
        Map<String, Speaker> speakers = new HashMap<>();
        for (String text : texts) {
            String[] sides = text.split("=", 2);
            ForeignFormat format = named(sides[0].strip());
            if (sides.length != 2) {
                throw new IllegalArgumentException(
                        "'" + text + "' does not say which sensors, as in " + format.name() + "=*");
            }
            SensorPattern ids = SensorPattern.of(sides[1].strip());
            List<Sensor> chosen = sensors.stream()
                    .filter(sensor -> ids.matches(sensor.sensorId()))
                    .toList();
            if (chosen.isEmpty()) {
                throw new IllegalArgumentException("'" + text + "' names none of the city's sensors");
            }
            List<Sensor> able = chosen.stream()
                    .filter(sensor -> format.kinds().contains(sensor.kind()))
                    .toList();
            if (able.isEmpty()) {
                throw new IllegalArgumentException(
                        "'" + text + "' names detectors only, and " + format.name() + " is for air stations");
            }
            able.forEach(sensor -> speakers.put(sensor.sensorId(), new Speaker(sensor.kind(), format)));
        }
        return new SensorFormats(speakers);
    }

    private static ForeignFormat named(String name) {
        return Optional.ofNullable(BY_NAME.get(name))
                .orElseThrow(() -> new IllegalArgumentException("there is no format '" + name + "'; did you mean '"
                        + NearestName.of(name, BY_NAME.keySet()) + "' of "
                        + BY_NAME.keySet().stream().sorted().collect(Collectors.joining(", ")) + "?"));
    }

    /** The messages, those of the sensors concerned in their format. */
    public Iterator<Outgoing> translate(Iterator<Outgoing> messages) {
        if (speakers.isEmpty()) {
            return messages;
        }
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return messages.hasNext();
            }

            @Override
            public Outgoing next() {
                Outgoing message = messages.next();
                Speaker speaker = speakers.get(message.sensorId());
                return speaker == null ? message : translated(message, speaker);
            }
        };
    }

    private static Outgoing translated(Outgoing message, Speaker speaker) {
        return new Outgoing(
                message.id(),
                speaker.format().topic(message.sensorId()),
                payload(message.payload(), speaker),
                false,
                message.sentAt());
    }

    /** What a fault has damaged stays as it is: it says nothing that another format could say as well. */
    private static byte[] payload(byte[] payload, Speaker speaker) {
        try {
            if (speaker.kind() == SensorKind.AIR) {
                AirQualityReading reading = JsonCodec.read(payload, AirQualityReading.class);
                return isWhole(payload, reading) ? speaker.format().payload(reading) : payload;
            }
            TrafficReading reading = JsonCodec.read(payload, TrafficReading.class);
            return isWhole(payload, reading) ? speaker.format().payload(reading) : payload;
        } catch (UncheckedIOException e) {
            return payload;
        }
    }

    private static boolean isWhole(byte[] payload, Object reading) {
        return Arrays.equals(payload, JsonCodec.write(reading));
    }
}
