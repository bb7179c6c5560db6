package org.citystream.benchmarks.streams;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.Stores;
import org.citystream.analytics.corridor.CorridorFold;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.analytics.place.SensorLog;
import org.citystream.analytics.rule.RuleBook;
import org.citystream.analytics.traffic.TrafficFold;
import org.citystream.benchmarks.harness.Slowdown;
import org.citystream.model.wire.Topics;
import org.jspecify.annotations.Nullable;

/**
 * Readings to segments to corridors, by two repartition topics. Every store is in memory with a changelog, which is what
 * corresponds to Flink's state on the heap with checkpoints.
 */
final class StreamsTopology {
    static final int PARTITIONS = Topics.READINGS_TRAFFIC.partitions();
    static final String PARTS = "parts";
    private static final List<String> STORES = List.of("panes", "marks", "states", "timers");
    private static final String BY_SEGMENT = "by-segment";

    /** A clock goes to every partition. */
    private static final StreamPartitioner<@Nullable String, byte[]> CLOCKS_EVERYWHERE =
            (topic, key, value, partitions) -> key != null
                    ? Optional.empty()
                    : Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.<Integer>toSet()));

    /** What is folded, and where that goes. */
    enum Step {
        SEGMENTS,
        CORRIDORS;

        String store(String name) {
            return name().toLowerCase(Locale.ROOT) + '-' + name;
        }

        String summaries() {
            return store("summaries");
        }

        String events() {
            return store("events");
        }
    }

    private StreamsTopology() {}

    /** Topics between the steps, which are to be made before it runs. */
    static Set<String> topics(String run) {
        return Set.of(run + '-' + BY_SEGMENT, run + '-' + PARTS);
    }

    /**
     * @param run names what is its own
     * @param slowdown extra work on each reading
     */
    static Topology of(String run, SensorLog sensors, RuleBook rules, Slowdown slowdown, AtomicLong readingsTaken) {
        Deserializer<byte[]> bytesIn = Serdes.ByteArray().deserializer();
        Serializer<byte[]> bytesOut = Serdes.ByteArray().serializer();
        Deserializer<String> textIn = Serdes.String().deserializer();
        Serializer<String> textOut = Serdes.String().serializer();
        Topology topology = new Topology();
        topology.addSource("readings", bytesIn, bytesIn, Topics.READINGS_TRAFFIC.name())
                .addProcessor("assign", () -> new AssignProcessor(sensors, slowdown), "readings")
                .addSink(BY_SEGMENT, run + '-' + BY_SEGMENT, textOut, bytesOut, CLOCKS_EVERYWHERE, "assign")
                .addSource("observations", textIn, bytesIn, run + '-' + BY_SEGMENT)
                .addProcessor(
                        Step.SEGMENTS.name(),
                        () -> new FoldProcessor<>(
                                Step.SEGMENTS, new TrafficFold(sensors, rules), PaneTiming.TRAFFIC, readingsTaken),
                        "observations")
                .addSink(PARTS, run + '-' + PARTS, textOut, bytesOut, CLOCKS_EVERYWHERE, Step.SEGMENTS.name())
                .addSource("told", textIn, bytesIn, run + '-' + PARTS)
                .addProcessor(
                        Step.CORRIDORS.name(),
                        () -> new FoldProcessor<>(
                                Step.CORRIDORS,
                                new CorridorFold(sensors, rules),
                                PaneTiming.TRAFFIC.ofGroups(),
                                new AtomicLong()),
                        "told");
        Map<Step, String> summaries = Map.of(
                Step.SEGMENTS, Topics.SUMMARIES_TRAFFIC.name(), Step.CORRIDORS, Topics.SUMMARIES_CORRIDOR.name());
        summaries.forEach((step, topic) -> {
            topology.addSink(step.summaries(), topic, textOut, bytesOut, step.name());
            topology.addSink(step.events(), Topics.EVENTS.name(), textOut, bytesOut, step.name());
            STORES.forEach(name -> topology.addStateStore(
                    Stores.keyValueStoreBuilder(
                                    Stores.inMemoryKeyValueStore(step.store(name)), Serdes.Bytes(), Serdes.ByteArray())
                            .withCachingEnabled(),
                    step.name()));
        });
        return topology;
    }
}
