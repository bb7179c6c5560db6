package org.citystream.jobs.savepoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.citystream.jobs.airquality.AirQualityJob;
import org.citystream.jobs.runtime.JobEnvironment;
import org.citystream.jobs.sensorhealth.SensorHealthJob;
import org.citystream.jobs.timeseries.TimeSeriesJob;
import org.citystream.jobs.traffic.TrafficJob;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.SubjectType;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;

/**
 * What a job sees before its savepoint is taken and what it sees afterwards. The first part is in the savepoints of all
 * releases and must never change; a new one gets a name of its own.
 */
enum Life {
    /** A jam on a corridor before, free flow afterwards. */
    TRAFFIC("traffic-job", TrafficJob::wire, Topics.READINGS_TRAFFIC) {
        @Override
        void before(Town town) {
            for (int i = 1; i <= LOOPS; i++) {
                town.topics()
                        .register(
                                "loop-" + i,
                                "traffic",
                                ",\"roadSegmentId\":\"ring-" + i + "\",\"laneCount\":2,\"corridorId\":\"ring\""
                                        + ",\"corridorPositionM\":" + 500 * i + ",\"lengthM\":500"
                                        + ",\"freeFlowSpeedKmh\":80,\"expectedIntervalSeconds\":60");
            }
            drive(town, 1, 10, 20);
        }

        @Override
        void after(Town town) {
            drive(town, 11, 25, 75);
        }

        @Override
        void awaitBegun(Town town) {
            town.topics().events(1);
        }

        @Override
        void goesOn(Town town) {
            List<CityEvent> events = town.eventsUntilAllClosed(1);
            assertThat(events).allSatisfy(event -> assertThat(event.startedAt()).isEqualTo(EIGHT));
            assertThat(events)
                    .extracting(event -> event.subject().type())
                    .contains(SubjectType.CORRIDOR)
                    .isNotEmpty();
            town.awaitCounted(25L * LOOPS);
        }

        private void drive(Town town, int from, int to, int speedKmh) {
            for (int minute = from; minute <= to; minute++) {
                for (int i = 1; i <= LOOPS; i++) {
                    town.topics()
                            .reading(
                                    Topics.READINGS_TRAFFIC,
                                    "loop-" + i,
                                    EIGHT.plus(Duration.ofMinutes(minute)),
                                    "\"periodSeconds\":60,\"bootId\":\"b\",\"sequence\":" + minute
                                            + ",\"vehicleCount\":" + (12 + minute % 4) + ",\"averageSpeedKmh\":"
                                            + (speedKmh + minute % 3));
                }
            }
            town.topics().clock(EIGHT.plus(Duration.ofMinutes(to)).plusSeconds(70), EIGHT);
        }
    },

    /** Too much nitrogen dioxide at two neighbouring stations before, little afterwards. */
    AIR_QUALITY("air-quality-job", AirQualityJob::wire, Topics.READINGS_AIR) {
        @Override
        void before(Town town) {
            for (int i = 1; i <= STATIONS; i++) {
                town.topics()
                        .register(
                                "air-" + i,
                                "air",
                                ",\"stationId\":\"station-" + i
                                        + "\",\"setting\":\"traffic\",\"location\":{\"latitude\":56.15"
                                        + ",\"longitude\":10." + (20 + i) + "},\"expectedIntervalSeconds\":900");
            }
            measure(town, 1, 12, 250);
        }

        @Override
        void after(Town town) {
            measure(town, 13, 24, 30);
        }

        @Override
        void awaitBegun(Town town) {
            town.topics().events(2 * STATIONS + 1);
        }

        @Override
        void goesOn(Town town) {
            List<CityEvent> events = town.eventsUntilAllClosed(2 * STATIONS + 1);
            assertThat(events).allSatisfy(event -> assertThat(event.startedAt()).isEqualTo(EIGHT));
            assertThat(events)
                    .extracting(event -> event.subject().type())
                    .contains(SubjectType.STATION, SubjectType.DISTRICT);
            town.awaitCounted(24L * STATIONS);
        }

        private void measure(Town town, int from, int to, int no2UgM3) {
            for (int quarter = from; quarter <= to; quarter++) {
                for (int i = 1; i <= STATIONS; i++) {
                    town.topics()
                            .reading(
                                    Topics.READINGS_AIR,
                                    "air-" + i,
                                    EIGHT.plus(Duration.ofMinutes(15L * quarter)),
                                    "\"periodSeconds\":900,\"no2UgM3\":" + (no2UgM3 + quarter % 3));
                }
            }
            town.topics().clock(EIGHT.plus(Duration.ofMinutes(15L * to)).plusSeconds(70), EIGHT);
        }
    },

    /** A detector that falls silent before, and speaks again afterwards. */
    SENSOR_HEALTH("sensor-health-job", SensorHealthJob::wire, Topics.READINGS_TRAFFIC, Topics.READINGS_AIR) {
        @Override
        void before(Town town) {
            town.topics().register("loop-1", "traffic", ",\"expectedIntervalSeconds\":60");
            town.topics().register("air-1", "air", ",\"expectedIntervalSeconds\":60");
            speak(town, 1, 30, 10);
        }

        @Override
        void after(Town town) {
            speak(town, 31, 60, 60);
        }

        @Override
        void awaitBegun(Town town) {
            town.topics().events(1);
        }

        @Override
        void goesOn(Town town) {
            assertThat(town.eventsUntilAllClosed(1)).singleElement().satisfies(event -> {
                assertThat(event.subject().id()).isEqualTo("loop-1");
                assertThat(event.startedAt()).isEqualTo(EIGHT.plus(Duration.ofMinutes(13)));
            });
        }

        private void speak(Town town, int from, int to, int loopUntil) {
            for (int minute = from; minute <= to; minute++) {
                Instant at = EIGHT.plus(Duration.ofMinutes(minute));
                town.topics().reading(Topics.READINGS_AIR, "air-1", at, "\"pm25UgM3\":" + (10 + minute % 7));
                if (minute <= loopUntil) {
                    town.topics()
                            .reading(Topics.READINGS_TRAFFIC, "loop-1", at, "\"vehicleCount\":" + (10 + minute % 5));
                }
            }
            town.topics().clock(EIGHT.plus(Duration.ofMinutes(to)).plusSeconds(10), EIGHT.minusSeconds(60));
        }
    },

    /** One minute of a road before, the next one afterwards. */
    TIME_SERIES("time-series-job", TimeSeriesJob::wire, Topics.SUMMARIES_TRAFFIC) {
        @Override
        void before(Town town) {
            minute(town, 0, 0.25);
        }

        @Override
        void after(Town town) {
            minute(town, 1, 0.75);
        }

        @Override
        void awaitBegun(Town town) {
            town.awaitSpeedRatios(0.25);
        }

        @Override
        void goesOn(Town town) {
            town.awaitSpeedRatios(0.75);
        }

        private void minute(Town town, int number, double speedRatio) {
            Instant start = EIGHT.plus(Duration.ofMinutes(number));
            town.write(
                    Topics.SUMMARIES_TRAFFIC,
                    "ring-1",
                    "{\"roadSegmentId\":\"ring-1\",\"cityId\":\"testville\",\"windowStart\":\"" + start
                            + "\",\"windowEnd\":\"" + start.plusSeconds(60)
                            + "\",\"revision\":1,\"final\":true,\"readingCount\":4,\"speedRatio\":" + speedRatio
                            + ",\"completeness\":1.0,\"sensors\":[\"loop-1\"]}");
        }
    };

    static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final int LOOPS = 3;
    private static final int STATIONS = 2;

    private final String jobName;
    private final Consumer<JobEnvironment> wiring;
    private final List<Topic> read;

    Life(String jobName, Consumer<JobEnvironment> wiring, Topic... read) {
        this.jobName = jobName;
        this.wiring = wiring;
        this.read = List.of(read);
    }

    String jobName() {
        return jobName;
    }

    void wire(JobEnvironment job) {
        wiring.accept(job);
    }

    /** What the job reads, but for registry and rules. */
    List<Topic> read() {
        return read;
    }

    /** Writes what there is to read before the savepoint, beside the rules. */
    abstract void before(Town town);

    /** Writes what comes afterwards. */
    abstract void after(Town town);

    /** Until the job has told what it makes of the first part. */
    abstract void awaitBegun(Town town);

    /** Fails unless the job tells what only one can that remembers the first part. */
    abstract void goesOn(Town town);
}
