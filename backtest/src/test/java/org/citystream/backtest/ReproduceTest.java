package org.citystream.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.backtest.kafka.History;
import org.citystream.backtest.kafka.History.WrittenEvent;
import org.citystream.backtest.reproduce.Reproduction;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.SubjectType;
import org.citystream.model.event.Transition;
import org.citystream.model.place.SensorKind;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.arrival.City;
import org.citystream.testsupport.arrival.Delivery;
import org.citystream.testsupport.arrival.RandomAir;
import org.citystream.testsupport.arrival.RandomTraffic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Whatever a job has told can be decided again from the readings, and the state, that its evidence names. */
class ReproduceTest {
    private static final Instant FIVE = Instant.parse("2026-11-23T05:00:00Z");

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(4)
            .build());

    @TempDir
    private Path directory = Path.of("");

    /** Readings come late, twice and out of order, and rules and registry change on the way. */
    @Test
    void everyEventOfAMorningOnACorridor() throws Exception {
        City<TrafficReading> city = RandomTraffic.corridor(new Random(7), 5, FIVE, Duration.ofHours(3));
        LiveDeployment live = new LiveDeployment(KAFKA, SensorKind.TRAFFIC);
        live.knows(city.sensors(), city.rules());
        live.receives(arrivals(city, PaneTiming.TRAFFIC.horizon()), RandomTraffic::stampedAt);
        List<WrittenEvent> told = live.runs(directory);

        // Whether something is amended hangs on how the job happens to read the partitions.
        assertThat(told)
                .extracting(written -> written.event().transition())
                .contains(Transition.OPENED, Transition.CLOSED);
        assertThat(told).extracting(written -> written.event().subject().type()).contains(SubjectType.CORRIDOR);
        areReproduced(told);
    }

    @Test
    void everyEventOfAMorningOnRoadsOfTheirOwn() throws Exception {
        City<TrafficReading> city = RandomTraffic.city(roadsOfTheirOwn(), 4, FIVE, Duration.ofHours(3));
        LiveDeployment live = new LiveDeployment(KAFKA, SensorKind.TRAFFIC);
        live.knows(city.sensors(), city.rules());
        live.receives(arrivals(city, PaneTiming.TRAFFIC.horizon()), RandomTraffic::stampedAt);
        List<WrittenEvent> told = live.runs(directory);

        assertThat(told)
                .extracting(written -> written.event().subject().type())
                .contains(SubjectType.ROAD_SEGMENT)
                .doesNotContain(SubjectType.CORRIDOR);
        areReproduced(told);
        theCommandPrintsTheSameEvent(told.get(0).event());
        theCommandPrintsWhatComesOutOtherwise(told.get(0).event());
    }

    /** The first thing that a city draws is whether it is a corridor. */
    private static Random roadsOfTheirOwn() {
        long seed = 1;
        while (new Random(seed).nextBoolean()) {
            seed++;
        }
        return new Random(seed);
    }

    @Test
    void everyEventOfTwoDaysAtStations() throws Exception {
        City<AirQualityReading> city = RandomAir.city(new Random(3), 4, FIVE, Duration.ofHours(60));
        LiveDeployment live = new LiveDeployment(KAFKA, SensorKind.AIR);
        live.knows(city.sensors(), city.rules());
        live.receives(arrivals(city, PaneTiming.AIR.horizon()), RandomAir::stampedAt);
        List<WrittenEvent> told = live.runs(directory);

        assertThat(told).hasSizeGreaterThan(10);
        assertThat(told)
                .filteredOn(written -> written.event().subject().type() == SubjectType.DISTRICT)
                .extracting(written -> written.event().transition())
                .contains(Transition.OPENED, Transition.CLOSED);
        areReproduced(told);
    }

    private static <R> List<List<org.citystream.testsupport.arrival.Arrival<R>>> arrivals(
            City<R> city, Duration horizon) {
        Delivery delivery = new Delivery(1, horizon, 4, 0.05, 0.01, 0.1, null);
        long settled = city.to().plus(horizon).plus(Duration.ofMinutes(10)).toEpochMilli();
        return delivery.of(city.sent(), city.from().toEpochMilli(), settled);
    }

    private static void areReproduced(List<WrittenEvent> told) throws Exception {
        History history = new History(new KafkaSettings(KAFKA.bootstrapServers()));
        List<String> others = new ArrayList<>();
        int sourced = 0;
        for (WrittenEvent written : chosen(told)) {
            CityEvent event = written.event();
            if (!event.evidence().has("source")) {
                assertThat(event.transition())
                        .as("only what is told of long silence has no source: %s", event)
                        .isEqualTo(Transition.STALE);
                continue;
            }
            sourced++;
            Reproduction reproduction = Reproduction.of(written, history);
            if (!reproduction.isSame()) {
                others.add(event.transition() + " " + event.reason() + " " + event.subject() + " " + event.at() + " "
                        + event.evidence().path("window") + " from "
                        + event.evidence().path("source").path("start").path("at") + ": "
                        + reproduction.differences());
            }
        }
        assertThat(others).as("of %d events", told.size()).isEmpty();
        assertThat(sourced).isPositive();
    }

    /** All of them take minutes: by default two of each sort, with {@code -Dproofs=true} every one. */
    @SuppressWarnings("SystemOut")
    private static List<WrittenEvent> chosen(List<WrittenEvent> told) {
        if (Boolean.getBoolean("proofs")) {
            return told;
        }
        Map<String, Integer> ofSort = new HashMap<>();
        List<WrittenEvent> some = told.stream()
                .filter(written -> ofSort.merge(sort(written.event()), 1, Integer::sum) <= 2)
                .toList();
        System.out.printf("%d of %d events are reproduced; -Dproofs=true reproduces all%n", some.size(), told.size());
        return some;
    }

    private static String sort(CityEvent event) {
        return event.subject().type() + " " + event.kind() + " " + event.transition() + " " + event.reason();
    }

    private static void theCommandPrintsTheSameEvent(CityEvent event) {
        StringWriter out = new StringWriter();
        CommandLine command = BacktestMain.commandLine().setOut(new PrintWriter(out));
        int status =
                command.execute("reproduce", event.eventId(), "--kafka-bootstrap-servers", KAFKA.bootstrapServers());

        assertThat(out.toString()).contains("the same event", event.episodeId());
        assertThat(status).isZero();
    }

    /** An event in the topic that the readings do not bear out. */
    private static void theCommandPrintsWhatComesOutOtherwise(CityEvent event) {
        ObjectNode altered = JsonCodec.read(JsonCodec.write(event), ObjectNode.class)
                .put("eventId", "altered")
                .put("severity", "extreme");
        KAFKA.produce(Topics.EVENTS.name(), event.subject().id(), JsonCodec.write(altered));
        StringWriter out = new StringWriter();
        CommandLine command = BacktestMain.commandLine().setOut(new PrintWriter(out));

        assertThat(command.execute("reproduce", "altered", "--kafka-bootstrap-servers", KAFKA.bootstrapServers()))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "another event: from",
                        "severity: told \"extreme\", reproduced \""
                                + event.severity().wireName() + "\"");
    }

    @Test
    void anUnknownEventIsSaidToBeUnknown() {
        StringWriter err = new StringWriter();
        CommandLine command = BacktestMain.commandLine().setErr(new PrintWriter(err));

        assertThat(command.execute("reproduce", "nothing", "--kafka-bootstrap-servers", KAFKA.bootstrapServers()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("no event has the id 'nothing'", "what to do:");
    }
}
