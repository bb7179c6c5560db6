package org.citystream.backtest;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citystream.backtest.failure.BacktestFailure;
import org.citystream.backtest.kafka.History;
import org.citystream.backtest.kafka.KafkaInput;
import org.citystream.backtest.run.Input;
import org.citystream.backtest.run.Watched;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.scoring.Progress;
import org.citystream.service.kafka.KafkaSettings;
import org.jspecify.annotations.Nullable;

/** What a deployment's Kafka has kept. */
final class KafkaPast implements Past {
    private final KafkaSettings kafka;
    private final List<Sensor> sensors;
    private final Map<SensorKind, Long> counts;
    private final Instant first;
    private final Instant from;
    private final Instant to;
    private final Duration warmUp;
    private final PrintWriter err;
    private Watched watched;

    private KafkaPast(
            KafkaSettings kafka,
            List<Sensor> sensors,
            Map<SensorKind, Long> counts,
            Instant first,
            Instant from,
            Instant to,
            Duration warmUp,
            PrintWriter err) {
        this.kafka = kafka;
        this.sensors = sensors;
        this.counts = counts;
        this.first = first;
        this.from = from;
        this.to = to;
        this.warmUp = warmUp;
        this.err = err;
        this.watched = new Watched(new Progress(err, 1));
    }

    static Past open(
            KafkaSettings kafka, @Nullable Instant from, @Nullable Instant to, Duration warmUp, PrintWriter err) {
        History history = new History(kafka);
        Map<SensorKind, Long> counts = new EnumMap<>(SensorKind.class);
        Instant first = Instant.MAX;
        Instant last = Instant.MIN;
        for (SensorKind kind : List.of(SensorKind.TRAFFIC, SensorKind.AIR)) {
            long count = history.count(KafkaInput.topic(kind));
            if (count > 0) {
                counts.put(kind, count);
                Instant begin = history.firstClock(KafkaInput.topic(kind));
                Instant end = history.lastClock(KafkaInput.topic(kind));
                first = begin.isBefore(first) ? begin : first;
                last = end.isAfter(last) ? end : last;
            }
        }
        if (counts.isEmpty()) {
            throw new BacktestFailure(
                    "there are no readings in Kafka at " + kafka.bootstrapServers(),
                    "let the stack run for a while, or name a recording with --readings DIR");
        }
        Instant start = from == null ? first : from;
        return new KafkaPast(
                kafka,
                history.sensors(),
                counts,
                first,
                start,
                to == null || to.isAfter(last) ? last : to,
                warmUp,
                err);
    }

    @Override
    public List<Sensor> sensors() {
        return sensors;
    }

    @Override
    public Set<SensorKind> kinds() {
        return counts.keySet();
    }

    @Override
    public Instant from() {
        return from;
    }

    @Override
    public Instant to() {
        return to;
    }

    @Override
    public Instant warmUntil() {
        Instant practised = from.minus(warmUp);
        return (practised.isBefore(first) ? first : practised).plus(warmUp);
    }

    @Override
    public long count(SensorKind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    @Override
    public String description() {
        return "Kafka at " + kafka.bootstrapServers();
    }

    @Override
    public void expect(long records) {
        watched.close();
        watched = new Watched(new Progress(err, records));
    }

    @Override
    public Input input(SensorKind kind) {
        return new KafkaInput(kafka, from.minus(warmUp), to, watched);
    }
}
