package org.citystream.audit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.citystream.audit.store.PointCounts.AtTime;
import org.citystream.model.series.Series;
import org.citystream.testsupport.InfluxOne;
import org.citystream.testsupport.InfluxOneExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On the real InfluxDB 1.6.7. */
class PointCountsTest {
    @RegisterExtension
    static final InfluxOneExtension influx = new InfluxOneExtension();

    private static final Instant LONG_AGO = Instant.parse("2014-08-01T08:01:00Z");
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    /** Where the deployment's clock runs ahead of the wall. */
    private static final Instant TOMORROW =
            Instant.now().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofDays(1));

    private final PointCounts counts = PointCounts.influxDb(influx.server().url(), InfluxOne.DATABASE, null);

    @BeforeEach
    void forget() {
        influx.server().execute("DROP MEASUREMENT traffic");
        influx.server().execute("DROP MEASUREMENT air");
    }

    @Test
    void pointsAreCountedByTheEndOfTheirWindowAlsoAheadOfTheWall() throws Exception {
        traffic("ring", LONG_AGO);
        traffic("ring", EIGHT);
        traffic("harbour", EIGHT);
        traffic("ring", TOMORROW);

        assertThat(counts.of(Series.TRAFFIC))
                .containsExactly(new AtTime(LONG_AGO, 1), new AtTime(EIGHT, 2), new AtTime(TOMORROW, 1));
    }

    @Test
    void airIsCountedByTheHourAndWhatIsNotThereIsNothing() throws Exception {
        influx.server().write("air,city=aarhus,station=air-07 completeness=1,pm25=18.4 " + nanos(EIGHT));

        assertThat(counts.of(Series.AIR)).containsExactly(new AtTime(EIGHT, 1));
        assertThat(counts.of(Series.TRAFFIC)).isEmpty();
    }

    private static void traffic(String segment, Instant at) {
        influx.server().write("traffic,city=aarhus,segment=" + segment + " completeness=1,speed_kmh=50 " + nanos(at));
    }

    private static long nanos(Instant at) {
        return at.getEpochSecond() * 1_000_000_000L;
    }
}
