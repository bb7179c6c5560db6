package org.citystream.model.reading;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The deployment's clock as on MQTT topic {@code city/clock} and on Kafka topic {@code city.clock.v1}, for dashboards.
 *
 * @param now what the deployment calls now
 * @param speed clock seconds per wall second; 1 is real time
 * @param since as in {@link ClockTick}; absent on MQTT
 * @param source {@code wall}, {@code simulated} or {@code replay}; absent means {@code wall}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClockState(
        Instant now,
        double speed,
        @Nullable Instant since,
        @Nullable String source) {
    private static final Duration NOTICE = Duration.ofSeconds(60);
    private static final long NOTICE_WALL_SECONDS = 5;

    /**
     * The earliest {@code effectiveFrom} of a version that is written to the log of rules or sensors now: a whole minute
     * at least 60 s ahead. At high speed 60 s are over before the record has reached the jobs, so it is at least five
     * seconds of wall time.
     */
    public Instant earliestEffect() {
        Duration travel = Duration.ofMillis((long) (NOTICE_WALL_SECONDS * 1000 * speed));
        return wholeMinute(now.plus(travel.compareTo(NOTICE) > 0 ? travel : NOTICE));
    }

    /** The first whole minute at or after a moment. */
    public static Instant wholeMinute(Instant moment) {
        Instant minute = moment.truncatedTo(ChronoUnit.MINUTES);
        return minute.equals(moment) ? minute : minute.plus(1, ChronoUnit.MINUTES);
    }
}
