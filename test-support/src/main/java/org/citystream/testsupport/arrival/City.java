package org.citystream.testsupport.arrival;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.rule.Rule;

/**
 * A city made up for a test: what is registered, what rules hold, and what its sensors send.
 *
 * @param sensors every version of every registry entry
 * @param rules every version of every rule
 * @param sent in the order of {@link Sent#at()}
 * @param from before the first observed time
 * @param to when the last sensor has fallen silent
 */
public record City<R>(List<Sensor> sensors, List<Rule> rules, List<Sent<R>> sent, Instant from, Instant to) {

    /** Ids of the sensors that send anything, in order. */
    public List<String> sensorIds() {
        return sent.stream().map(Sent::sensorId).distinct().sorted().toList();
    }

    /** Road segments, corridors, stations or districts that the sensor has ever belonged to, itself among them. */
    public Set<String> subjectsOf(String sensorId) {
        Set<String> subjects = new TreeSet<>(Set.of(sensorId));
        for (Sensor sensor : sensors) {
            if (sensor.sensorId().equals(sensorId)) {
                subjects.add(sensor.subjectId());
                if (sensor.corridorId() != null) {
                    subjects.add(sensor.corridorId());
                }
                if (sensor.kind() == SensorKind.AIR && sensor.cityId() != null) {
                    // No other district is drawn in these cities.
                    subjects.add(sensor.cityId());
                }
            }
        }
        return subjects;
    }

    /** The same city, but for one sensor whose readings say something else. */
    public City<R> with(String sensorId, Function<Sent<R>, R> said) {
        List<Sent<R>> changed = sent.stream()
                .map(each ->
                        each.sensorId().equals(sensorId) ? new Sent<>(sensorId, each.at(), said.apply(each)) : each)
                .toList();
        return new City<>(sensors, rules, changed, from, to);
    }
}
