package org.citystream.backtest.kafka;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.citystream.backtest.failure.BacktestFailure;
import org.citystream.jobs.wire.Reading;
import org.citystream.jobs.wire.ReadingFormat;
import org.citystream.jobs.wire.ReadingParser;
import org.citystream.model.event.CityEvent;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.reading.ClockTick;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.service.kafka.TopicLog;
import org.jspecify.annotations.Nullable;

/** What a deployment's topics have kept: registry, rules, events, and the readings between two offsets. */
public final class History {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration FIRST_LOOK_BACK = Duration.ofMinutes(10);
    private static final int FURTHER = 8;
    private static final int SOME = 20;

    private final KafkaSettings kafka;
    private @Nullable List<Sensor> sensors;
    private @Nullable List<Rule> rules;

    public History(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /** Every version of every registry entry, read once. */
    public List<Sensor> sensors() {
        List<Sensor> known = sensors;
        if (known == null) {
            List<Sensor> read = new ArrayList<>();
            TopicLog.readToEnd(Topics.SENSORS, kafka, record -> read.add(JsonCodec.read(record.value(), Sensor.class)));
            sensors = read;
            return read;
        }
        return known;
    }

    /** Every version of every rule, read once; records that are none are left out, as the jobs leave them out. */
    public List<Rule> rules() {
        List<Rule> known = rules;
        if (known == null) {
            List<Rule> read = new ArrayList<>();
            TopicLog.readToEnd(Topics.RULES, kafka, record -> {
                try {
                    read.add(RuleCodec.read(record.value()));
                } catch (InvalidRuleException e) {
                    // The jobs count and log it; no rule set can hold it.
                }
            });
            rules = read;
            return read;
        }
        return known;
    }

    /** Records that a topic holds. */
    public long count(Topic topic) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(kafka.consumer())) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            long begin = sum(consumer.beginningOffsets(partitions, PATIENCE));
            return sum(consumer.endOffsets(partitions, PATIENCE)) - begin;
        }
    }

    /** The clock at the first record of a topic that holds any. */
    public Instant firstClock(Topic topic) {
        return clocks(topic, true).stream().min(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    }

    /** The clock at the last record of a topic that holds any. */
    public Instant lastClock(Topic topic) {
        return clocks(topic, false).stream().max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    }

    /** Of some records at one end of each partition. */
    private List<Instant> clocks(Topic topic, boolean first) {
        ReadingParser parser = new ReadingParser(ReadingFormat.TRAFFIC);
        List<Instant> clocks = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(kafka.consumer())) {
            for (TopicPartition partition : partitions(consumer, topic)) {
                consumer.assign(List.of(partition));
                long begin = present(consumer.beginningOffsets(List.of(partition), PATIENCE), partition);
                long end = present(consumer.endOffsets(List.of(partition), PATIENCE), partition);
                consumer.seek(partition, first ? begin : Math.max(begin, end - SOME));
                long until = first ? Math.min(end, begin + SOME) : end;
                while (consumer.position(partition) < until) {
                    for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                        clock(parser, record).ifPresent(clocks::add);
                    }
                }
            }
        }
        return clocks;
    }

    private static Optional<Instant> clock(ReadingParser parser, ConsumerRecord<String, byte[]> record) {
        try {
            return Optional.of(Instant.ofEpochMilli(parser.tick(record.value()).clockAt()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    /** An event, and when it was written. */
    public record WrittenEvent(CityEvent event, Instant writtenAt) {}

    /** The event of this id, if the topic still has it. */
    public Optional<WrittenEvent> event(String eventId) {
        AtomicReference<ConsumerRecord<String, byte[]>> found = new AtomicReference<>();
        byte[] wanted = eventId.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        TopicLog.readToEnd(Topics.EVENTS, kafka, record -> {
            if (record.value() != null && contains(record.value(), wanted) && isEvent(record.value(), eventId)) {
                found.set(record);
            }
        });
        return Optional.ofNullable(found.get())
                .map(record -> new WrittenEvent(
                        JsonCodec.read(record.value(), CityEvent.class), Instant.ofEpochMilli(record.timestamp())));
    }

    private static boolean isEvent(byte[] json, String eventId) {
        return JsonCodec.read(json, CityEvent.class).eventId().equals(eventId);
    }

    /** The id stands near the start: most records are told from it at once. */
    private static boolean contains(byte[] json, byte[] wanted) {
        for (int at = 0; at + wanted.length <= json.length; at++) {
            if (Arrays.equals(json, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The readings between two offsets of one partition, both included; ticks are left out.
     *
     * @throws BacktestFailure if the topic no longer holds them
     */
    public List<Reading> readings(Topic topic, SensorKind kind, int partition, long from, long to) {
        ReadingParser parser = new ReadingParser(kind == SensorKind.AIR ? ReadingFormat.AIR : ReadingFormat.TRAFFIC);
        List<Reading> readings = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(kafka.consumer())) {
            TopicPartition at = new TopicPartition(topic.name(), partition);
            long first = present(consumer.beginningOffsets(List.of(at), PATIENCE), at);
            long end = present(consumer.endOffsets(List.of(at), PATIENCE), at);
            if (first > from || end <= to) {
                throw new BacktestFailure(
                        at + " holds offsets " + first + " to " + (end - 1) + ", the decision rests on " + from + " to "
                                + to,
                        "readings are kept for " + topic.retention()
                                + "; reproduce events while their readings are there, or name the Kafka that has them");
            }
            consumer.assign(List.of(at));
            consumer.seek(at, from);
            while (consumer.position(at) <= to) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() <= to && record.headers().lastHeader(ClockTick.HEADER) == null) {
                        parsed(parser, record, readings);
                    }
                }
            }
        }
        return readings;
    }

    private static void parsed(ReadingParser parser, ConsumerRecord<String, byte[]> record, List<Reading> readings) {
        try {
            readings.add(parser.reading(record.value()).from(record.partition(), record.offset()));
        } catch (IOException e) {
            // The job left it out too, and counted it.
        }
    }

    private static long present(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        Long offset = offsets.get(partition);
        if (offset == null) {
            throw new IllegalStateException("Kafka gave no offset of " + partition);
        }
        return offset;
    }

    /** One revision of a segment's minute or a station's hour. */
    public record SummaryId(String subjectId, Instant windowStart, int revision) {}

    /**
     * These revisions of summaries as they were last written before a moment; those not found are missing.
     *
     * @param id of a record of the topic
     */
    public Map<SummaryId, byte[]> summaries(
            Topic topic, Function<byte[], SummaryId> id, List<SummaryId> wanted, Instant writtenUpTo) {
        Map<SummaryId, byte[]> found = new HashMap<>();
        Duration back = FIRST_LOOK_BACK;
        boolean fromStart = false;
        while (!fromStart && found.size() < wanted.size()) {
            fromStart = back.compareTo(topic.retention() == null ? back : topic.retention()) > 0;
            found.clear();
            read(topic, fromStart ? Instant.EPOCH : writtenUpTo.minus(back), record -> {
                if (record.timestamp() <= writtenUpTo.toEpochMilli()) {
                    SummaryId summary = id.apply(record.value());
                    if (wanted.contains(summary)) {
                        found.put(summary, record.value());
                    }
                }
            });
            back = back.multipliedBy(FURTHER);
        }
        return found;
    }

    private void read(Topic topic, Instant writtenSince, Consumer<ConsumerRecord<String, byte[]>> handler) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(kafka.consumer())) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
            Map<TopicPartition, Long> times = new HashMap<>();
            partitions.forEach(partition -> times.put(partition, writtenSince.toEpochMilli()));
            Map<TopicPartition, OffsetAndTimestamp> starts = consumer.offsetsForTimes(times, PATIENCE);
            for (TopicPartition partition : partitions) {
                OffsetAndTimestamp start = starts.get(partition);
                consumer.seek(partition, start == null ? present(ends, partition) : start.offset());
            }
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < present(ends, partition))) {
                consumer.poll(POLL).forEach(handler);
            }
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, Topic topic) {
        return consumer.partitionsFor(topic.name(), PATIENCE).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }
}
