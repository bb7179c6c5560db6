package org.citystream.jobs.timeseries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.citystream.jobs.timeseries.Store.Answer;
import org.citystream.model.series.QuestDbTable;
import org.citystream.model.series.Series;
import org.citystream.model.series.TagText;
import org.citystream.model.summary.SensorHealth;
import org.citystream.testsupport.InfluxOne;
import org.citystream.testsupport.InfluxOneExtension;
import org.citystream.testsupport.NaughtyStrings;
import org.citystream.testsupport.QuestDbExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every id, however hostile, becomes one point with that id, in both real stores. */
class HostileTagsTest {
    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");

    @RegisterExtension
    static final QuestDbExtension questDb = new QuestDbExtension();

    @RegisterExtension
    static final InfluxOneExtension influx = new InfluxOneExtension();

    @Test
    void influxDbHoldsThemAll() throws Exception {
        write(influx.server().url(), StoreApi.V1);

        List<String> held = new ArrayList<>();
        influx.server()
                .query("SELECT trust FROM sensor_health GROUP BY sensor")
                .at("/results/0/series")
                .forEach(group ->
                        held.add(TagText.decoded(group.at("/tags/sensor").asText())));
        assertThat(held).containsExactlyInAnyOrderElementsOf(NaughtyStrings.all());
    }

    @Test
    void questDbHoldsThemAll() throws Exception {
        questDb.execute("DROP TABLE IF EXISTS sensor_health");
        questDb.execute(QuestDbTable.create(Series.SENSOR_HEALTH));
        write(questDb.url(), StoreApi.V2);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(questDb.query("SELECT sensor FROM sensor_health"))
                        .extracting(row -> TagText.decoded(String.valueOf(row.get("sensor"))))
                        .containsExactlyInAnyOrderElementsOf(NaughtyStrings.all()));
    }

    private static void write(String url, StoreApi api) throws Exception {
        List<String> lines = NaughtyStrings.all().stream()
                .map(id -> new SensorHealth(id, "traffic", "c", "stuck", 0.5, NINE, NINE, "repeats", null))
                .map(health -> Lines.of(health).orElseThrow())
                .toList();
        try (InfluxStore store = new InfluxStore(new StoreAddress(url, null, "citystream", InfluxOne.DATABASE, api))) {
            assertThat(store.write(lines)).isEqualTo(Answer.WRITTEN);
        }
    }
}
