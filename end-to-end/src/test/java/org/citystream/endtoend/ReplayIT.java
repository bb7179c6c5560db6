package org.citystream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.SubjectType;
import org.citystream.model.rule.RuleKind;
import org.citystream.model.summary.AirQualitySummary;
import org.citystream.model.summary.TrafficSummary;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.RecordedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recorded readings played through the whole stack: nothing is lost on the way, and what is found is what the data
 * sets' descriptions say must be found, no more and no less.
 */
class ReplayIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int SIMULATOR = 8092;

    @TempDir
    Path dataDirectory = Path.of("");

    @Test
    void aarhusKeepsItsRushHoursAndItsQuietNights() throws Exception {
        Path recording = RecordedData.require("aarhus-traffic");
        try (CityStack stack = CityStack.up(dataDirectory, "--replay", recording.toString(), "--speed", "100000")) {
            long published = awaitEndOfReplay(stack);
            awaitCounted(stack, published, ReplayIT::trafficCounted);

            List<CityEvent> episodes = episodes(stack, RuleKind.CONGESTION);
            Map<String, List<CityEvent>> bySegment = episodes.stream()
                    .collect(Collectors.groupingBy(e -> e.subject().id()));
            for (String congested : List.of("185316", "185104", "185157", "187721", "189994")) {
                assertThat(bySegment.keySet())
                        .as("weekday peaks of %s", congested)
                        .anyMatch(id -> id.endsWith(congested));
            }
            for (String free : List.of("209986", "195896")) {
                assertThat(episodes)
                        .filteredOn(e -> e.subject().id().endsWith(free))
                        .hasSizeLessThanOrEqualTo(2);
            }
            bySegment.forEach((segment, found) -> assertThat(found)
                    .as("episodes of %s between 23:00 and 05:00", segment)
                    .filteredOn(ReplayIT::beganAtNightInAarhus)
                    .hasSizeLessThanOrEqualTo(2));
        }
    }

    @Test
    void ndwHasNoCongestionAtAll() throws Exception {
        Path recording = RecordedData.require("ndw-eindhoven");
        try (CityStack stack = CityStack.up(dataDirectory, "--replay", recording.toString(), "--speed", "100000")) {
            long published = awaitEndOfReplay(stack);
            assertThat(published).isEqualTo(34_200);
            awaitCounted(stack, published, ReplayIT::trafficCounted);

            assertThat(episodes(stack, RuleKind.CONGESTION)).isEmpty();
        }
    }

    @Test
    void beijingsWinterHasItsFourNitrogenDioxideRuns() throws Exception {
        Path recording = RecordedData.require("beijing-prsa");
        try (CityStack stack = CityStack.up(dataDirectory, "--replay", recording.toString(), "--speed", "100000")) {
            long published = awaitEndOfReplay(stack);
            awaitCounted(stack, published, ReplayIT::airCounted);

            List<CityEvent> runs = episodes(stack, RuleKind.AIR_EXCEEDANCE).stream()
                    .filter(event -> event.subject().type() == SubjectType.STATION)
                    .filter(event -> event.rule().id().equals("no2-alert"))
                    .toList();
            assertThat(runs).hasSize(4);
            long hours = runs.stream()
                    .mapToLong(run ->
                            Duration.between(run.startedAt(), run.endedAt()).toHours())
                    .sum();
            assertThat(hours)
                    .as("hours above 200 µg/m³ in runs of at least three")
                    .isEqualTo(13);
            assertThat(episodes(stack, RuleKind.AIR_EXCEEDANCE))
                    .filteredOn(event -> event.rule().id().equals("so2-alert"))
                    .isEmpty();
        }
    }

    private static boolean beganAtNightInAarhus(CityEvent episode) {
        int hour = episode.startedAt().atZone(ZoneId.of("Europe/Copenhagen")).getHour();
        return hour >= 23 || hour < 5;
    }

    /** Waits until the last reading has been acknowledged and says how many were published. */
    private static long awaitEndOfReplay(CityStack stack) {
        JsonNode progress = await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .until(
                        () -> stack.get(SIMULATOR, "/api/v1/progress"),
                        p -> p.path("finished").asBoolean());
        assertThat(progress.path("acknowledged").asLong())
                .isEqualTo(progress.path("published").asLong())
                .isPositive();
        return progress.path("published").asLong();
    }

    /** Readings published = readings in Kafka, each once = readings counted in the latest summaries. */
    private static void awaitCounted(CityStack stack, long published, Counter counter) {
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> {
            try (TopicContents topics = new TopicContents(stack.kafka())) {
                Set<String> identities = new java.util.HashSet<>();
                for (var topic : List.of(Topics.READINGS_TRAFFIC, Topics.READINGS_AIR)) {
                    topics.of(topic).forEach(record -> identities.add(identity(record.value())));
                }
                assertThat(topics.of(Topics.READINGS_REJECTED)).isEmpty();
                assertThat(identities).as("distinct readings in Kafka").hasSize(Math.toIntExact(published));
                assertThat(counter.counted(topics))
                        .as("readings counted in summaries")
                        .isEqualTo(published);
            }
        });
    }

    @FunctionalInterface
    private interface Counter {
        long counted(TopicContents topics);
    }

    private static String identity(byte[] reading) {
        JsonNode node = org.citystream.model.wire.JsonCodec.read(reading, JsonNode.class);
        return node.path("sensorId").asText() + "/" + node.path("bootId").asText() + "/"
                + node.path("sequence").asText() + "/" + node.path("laneId").asText() + "/"
                + node.path("observedAt").asText();
    }

    private static long trafficCounted(TopicContents topics) {
        Map<String, TrafficSummary> latest = new HashMap<>();
        for (TrafficSummary summary : topics.of(Topics.SUMMARIES_TRAFFIC, TrafficSummary.class)) {
            latest.merge(
                    summary.roadSegmentId() + "@" + summary.windowStart(),
                    summary,
                    (a, b) -> a.revision() > b.revision() ? a : b);
        }
        return latest.values().stream().mapToLong(TrafficSummary::readingCount).sum();
    }

    private static long airCounted(TopicContents topics) {
        Map<String, AirQualitySummary> latest = new HashMap<>();
        for (AirQualitySummary summary : topics.of(Topics.SUMMARIES_AIR, AirQualitySummary.class)) {
            latest.merge(
                    summary.stationId() + "@" + summary.windowStart(),
                    summary,
                    (a, b) -> a.revision() > b.revision() ? a : b);
        }
        return latest.values().stream()
                .mapToLong(AirQualitySummary::readingCount)
                .sum();
    }

    /** The last word on every episode of a kind that has not been withdrawn. */
    private static List<CityEvent> episodes(CityStack stack, RuleKind kind) {
        Map<String, CityEvent> last = new HashMap<>();
        try (TopicContents topics = new TopicContents(stack.kafka())) {
            topics.of(Topics.EVENTS, CityEvent.class).forEach(event -> last.put(event.episodeId(), event));
        }
        return new ArrayList<>(last.values().stream()
                .filter(event -> event.kind() == kind)
                .filter(event -> event.transition() != org.citystream.model.event.Transition.WITHDRAWN)
                .toList());
    }
}
