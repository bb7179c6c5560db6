package org.citystream.jobs.arrival;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.jobs.airquality.AirQualityTopology;
import org.citystream.jobs.control.ControlLog;
import org.citystream.jobs.time.GroupedStreams;
import org.citystream.jobs.traffic.TrafficTopology;
import org.citystream.jobs.wire.KeyedJson;
import org.citystream.jobs.wire.Reading;
import org.citystream.jobs.wire.ReadingFormat;
import org.citystream.jobs.wire.ReadingParser;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.wire.JsonCodec;
import org.citystream.testsupport.arrival.Arrival;
import org.citystream.testsupport.arrival.City;
import org.citystream.testsupport.arrival.Delivery;
import org.citystream.testsupport.arrival.RandomAir;
import org.citystream.testsupport.arrival.RandomTraffic;

/**
 * The topology of a job, as the job builds it, and the cities it is tried on. In each city one sensor's clock has stopped
 * in 1970, so that all it sends is late.
 *
 * @param observedAt the same reading, saying another time
 * @param stampedAt the same reading as the gateway stamps it
 */
record Topology<R>(
        String name,
        PaneTiming timing,
        ReadingFormat format,
        LongFunction<City<R>> cities,
        BiFunction<R, Instant, R> observedAt,
        BiFunction<R, Instant, R> stampedAt,
        Building building) {

    /** {@link TrafficTopology#build} and its like. */
    interface Building {
        Outputs build(DataStream<Reading> readings, ControlLog log, PaneTiming timing);
    }

    /** What a topology has for its sinks. */
    record Outputs(DataStream<KeyedJson> summaries, DataStream<KeyedJson> events, DataStream<KeyedJson> late) {
        static Outputs traffic(DataStream<Reading> readings, ControlLog log, PaneTiming timing) {
            GroupedStreams traffic = TrafficTopology.build(readings, log, timing);
            return new Outputs(traffic.summaries().union(traffic.groupSummaries()), traffic.events(), traffic.late());
        }

        static Outputs air(DataStream<Reading> readings, ControlLog log, PaneTiming timing) {
            GroupedStreams air = AirQualityTopology.build(readings, log, timing);
            return new Outputs(air.summaries(), air.events(), air.late());
        }
    }

    /** Stale episodes are held against the rules each hour. */
    private static final Duration STALE_CHECK = Duration.ofHours(1);

    private static final Instant FIVE = Instant.parse("2026-11-23T05:00:00Z");

    static final Topology<TrafficReading> TRAFFIC = new Topology<>(
            "traffic",
            PaneTiming.TRAFFIC,
            ReadingFormat.TRAFFIC,
            seed -> RandomTraffic.corridor(new Random(seed), 5, FIVE, Duration.ofHours(4)),
            RandomTraffic::observedAt,
            RandomTraffic::stampedAt,
            Outputs::traffic);

    static final Topology<AirQualityReading> AIR = new Topology<>(
            "air quality",
            PaneTiming.AIR,
            ReadingFormat.AIR,
            seed -> RandomAir.city(new Random(seed), 4, FIVE, Duration.ofHours(60)),
            RandomAir::observedAt,
            RandomAir::stampedAt,
            Outputs::air);

    City<R> city(long seed) {
        City<R> city = cities.apply(seed);
        String liar = city.sensorIds().get(0);
        return city.with(liar, sent -> observedAt.apply(sent.reading(), Instant.EPOCH));
    }

    /** The partitions of the readings topic, with ticks until everything has arrived, settled and closed. */
    Arrivals arrivals(City<R> city, Delivery delivery) {
        Instant to = city.to()
                .plus(timing.horizon())
                .plus(timing.pane().multipliedBy(4))
                .plusSeconds(600);
        ReadingParser parser = new ReadingParser(format);
        List<List<Reading>> partitions = new ArrayList<>();
        for (List<Arrival<R>> arrivals : delivery.of(city.sent(), city.from().toEpochMilli(), to.toEpochMilli())) {
            partitions.add(arrivals.stream()
                    .map(arrival -> reading(city, parser, arrival))
                    .toList());
        }
        return new Arrivals(partitions, timing.horizon());
    }

    private Reading reading(City<R> city, ReadingParser parser, Arrival<R> arrival) {
        if (arrival.sent() == null) {
            return Reading.tick(arrival.clockAt(), city.from().toEpochMilli());
        }
        Instant clockAt = Instant.ofEpochMilli(arrival.clockAt());
        try {
            return parser.reading(JsonCodec.write(stampedAt.apply(arrival.sent().reading(), clockAt)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
