package org.citystream.analytics.sensortrust;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citystream.analytics.sensortrust.SensorLimits.Limits;
import org.citystream.analytics.sensortrust.SensorRecord.Run;

/**
 * Takes what a sensor says into what is remembered of it. Nothing here reads the clock; {@link Judgement} does.
 */
public final class SensorTrust {
    private static final int ALL_NEEDS_MEASURES_OF_AIR = 3;
    /** What reports less often than this jumps honestly between two readings. */
    private static final Duration SPIKES_BETWEEN_READINGS_OF = Duration.ofMinutes(15);

    private SensorTrust() {}

    /**
     * The record after a reading. A reading that is not newer than what its channel has seen (duplicate, late) says nothing
     * of the values: a repeated message must not look like a repeated value. It still says when it came, and from whom.
     */
    public static SensorRecord observe(SensorRecord record, Observation observation) {
        long at = observation.observedAtMillis();
        Arrivals arrivals = record.arrivals().next(observation.arrivedAtMillis(), at, record.newestMillis());
        Boots boots = record.boots().next(observation.bootKey(), at);
        boolean foreign = record.boots().isForeign(observation.bootKey(), at);
        Optional<Run> all = record.run(observation.channel());
        boolean old = all.isPresent() && at <= all.get().untilMillis();
        SensorRecord heard = new SensorRecord(
                Math.max(record.newestMillis(), at),
                record.runs(),
                record.recent(),
                record.history(),
                arrivals,
                boots,
                record.neighbourhood());
        SensorRecord next = old ? heard : measured(heard, observation, all);
        return foreign
                ? next.withHistory(next.history()
                        .marked(
                                Symptom.FOREIGN_BOOT,
                                1,
                                at,
                                "two devices report under this id, each with a boot of its own"))
                : next;
    }

    /**
     * The record after a message that the gateway refused.
     *
     * @param symptom what was wrong with it
     * @param detail for people
     */
    public static SensorRecord refused(SensorRecord record, long arrivedAtMillis, Symptom symptom, String detail) {
        return new SensorRecord(
                record.newestMillis(),
                record.runs(),
                record.recent(),
                record.history().next(arrivedAtMillis, Map.of(symptom, detail)),
                record.arrivals().heard(arrivedAtMillis),
                record.boots(),
                record.neighbourhood());
    }

    /** The record after one of its hours was held against those of others. */
    public static SensorRecord compared(SensorRecord record, long hourStartMillis, Neighbours.Comparison comparison) {
        return record.withNeighbourhood(record.neighbourhood().next(comparison, hourStartMillis));
    }

    private static SensorRecord measured(SensorRecord record, Observation observation, Optional<Run> before) {
        long at = observation.observedAtMillis();
        boolean often = before.isPresent() && at - before.get().untilMillis() <= SPIKES_BETWEEN_READINGS_OF.toMillis();
        Jumps jumps = Jumps.after(often ? record.recent() : List.of(), observation);
        History history = record.history().next(at, symptoms(observation));
        return new SensorRecord(
                record.newestMillis(),
                runs(record, observation),
                often ? jumps.recent() : List.of(),
                jumps.spikes() == 0 ? history : history.marked(Symptom.SPIKE, jumps.bits(), at, jumps.detail()),
                record.arrivals(),
                record.boots(),
                record.neighbourhood());
    }

    private static Map<Symptom, String> symptoms(Observation observation) {
        EnumMap<Symptom, String> symptoms = new EnumMap<>(Symptom.class);
        TreeSet<String> codes = new TreeSet<>(ErrorCodes.in(observation.values()));
        for (Map.Entry<String, Double> measured : observation.values().entrySet()) {
            String said = measured.getKey() + " " + measured.getValue();
            Limits limits = SensorLimits.of(measured.getKey());
            if (codes.contains(measured.getKey())) {
                symptoms.putIfAbsent(Symptom.ERROR_CODE, said + " is an error code");
            } else if (!limits.isPlausible(measured.getValue())) {
                symptoms.putIfAbsent(Symptom.OUT_OF_RANGE, said + " cannot be true");
            } else if (limits.isAtRangeEnd(measured.getValue())) {
                symptoms.putIfAbsent(
                        Symptom.SATURATED, said + " is the end of the range: the truth is there or beyond");
            }
        }
        return symptoms;
    }

    private static List<Run> runs(SensorRecord record, Observation observation) {
        Map<String, Run> runs = new TreeMap<>();
        record.runs().forEach(run -> runs.put(run.channel(), run));
        long at = observation.observedAtMillis();
        put(runs, observation.channel(), digest(observation), at);
        observation.values().forEach((measure, value) -> {
            if (SensorLimits.of(measure).repetition() != null) {
                put(runs, measure, SensorLimits.of(measure).mayRepeat(value) ? Double.NaN : value, at);
            }
        });
        return new ArrayList<>(runs.values());
    }

    private static void put(Map<String, Run> runs, String channel, double value, long at) {
        runs.merge(channel, Run.first(channel, value, at), (run, first) -> run.next(value, at));
    }

    /** All values as one number; NaN where every value may repeat itself or too few are measured to say anything. */
    private static double digest(Observation observation) {
        boolean air = observation.channel().equals(Observation.ALL_AIR);
        long moving = observation.values().entrySet().stream()
                .filter(value -> !SensorLimits.of(value.getKey()).mayRepeat(value.getValue()))
                .count();
        boolean says = moving > 0 && (!air || observation.values().size() >= ALL_NEEDS_MEASURES_OF_AIR);
        return says ? observation.values().hashCode() : Double.NaN;
    }
}
