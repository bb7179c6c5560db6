package org.citystream.jobs.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.citystream.jobs.wire.Reading;

/** All that arrives at a job, by partition, and what must become of it. */
record Arrivals(List<List<Reading>> partitions, Duration horizon) {
    private static final Duration SETTLES_WITHIN = Duration.ofMinutes(3);

    /** What had arrived at this clock. */
    Arrivals until(long clock) {
        return new Arrivals(
                partitions.stream()
                        .map(records -> records.stream()
                                .filter(reading -> reading.clockAt() <= clock)
                                .toList())
                        .toList(),
                horizon);
    }

    /** Readings up to a clock, and ticks for as long as their corrections may take to settle, in segments and corridors. */
    Arrivals settledAfter(long clock) {
        long settled = clock + SETTLES_WITHIN.toMillis();
        return new Arrivals(
                partitions.stream()
                        .map(partition -> partition.stream()
                                .filter(reading -> reading.clockAt() <= (reading.isTick() ? settled : clock))
                                .toList())
                        .toList(),
                horizon);
    }

    private Stream<Reading> readings() {
        return partitions.stream().flatMap(List::stream).filter(reading -> !reading.isTick());
    }

    boolean isLate(Reading reading) {
        return !reading.isTick() && reading.observedAt() < reading.clockAt() - horizon.toMillis();
    }

    long late() {
        return readings().filter(this::isLate).count();
    }

    /** Clock in the middle of everything. */
    long middle() {
        long from = partitions.get(0).get(0).clockAt();
        List<Reading> records = partitions.get(0);
        return (from + records.get(records.size() - 1).clockAt()) / 2;
    }

    private long different() {
        return readings()
                .filter(reading -> !isLate(reading))
                .map(reading -> List.of(
                        reading.sensorId(),
                        reading.laneId(),
                        Objects.toString(reading.bootId()),
                        reading.bootId() == null ? reading.observedAt() : reading.sequence()))
                .distinct()
                .count();
    }

    /** Readings in = counted + duplicate + late, each exactly; and what segments tell is what corridors count. */
    void areConservedIn(Map<String, Long> counts) {
        areConservedIn("run", counts);
    }

    /** @param run its name, for people */
    void areConservedIn(String run, Map<String, Long> counts) {
        long in = readings().count();
        assertThat(counts)
                .as(run)
                .containsEntry("readingsIn", in)
                .containsEntry("readingsLate", late())
                .containsEntry("readingsCounted", different())
                .containsEntry("readingsDuplicate", in - late() - different())
                .containsEntry("readingsBehindSnapshot", 0L)
                .containsEntry("partsCounted", counts.get("partsTold"))
                .containsEntry("partsRepeated", 0L)
                .containsEntry("partsBehindSnapshot", 0L);
    }
}
