package org.citystream.benchmarks.pipeline;

import java.time.Duration;
import java.util.function.Consumer;
import org.citystream.analytics.airquality.AirFold;
import org.citystream.analytics.traffic.TrafficFold;
import org.citystream.jobs.airquality.AirQualityJob;
import org.citystream.jobs.runtime.JobEnvironment;
import org.citystream.jobs.traffic.TrafficJob;
import org.citystream.jobs.wire.ReadingFormat;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;

/** A job over readings, and what it lies between. */
public enum ReadingsJob {
    TRAFFIC(
            "traffic-job",
            Topics.READINGS_TRAFFIC,
            Topics.SUMMARIES_TRAFFIC,
            ReadingFormat.TRAFFIC,
            TrafficFold.PANE,
            TrafficJob::wire),
    AIR_QUALITY(
            "air-quality-job",
            Topics.READINGS_AIR,
            Topics.SUMMARIES_AIR,
            ReadingFormat.AIR,
            AirFold.PANE,
            AirQualityJob::wire);

    private final String jobName;
    private final Topic readings;
    private final Topic summaries;
    private final ReadingFormat format;
    private final Duration pane;
    private final Consumer<JobEnvironment> wiring;

    ReadingsJob(
            String jobName,
            Topic readings,
            Topic summaries,
            ReadingFormat format,
            Duration pane,
            Consumer<JobEnvironment> wiring) {
        this.jobName = jobName;
        this.readings = readings;
        this.summaries = summaries;
        this.format = format;
        this.pane = pane;
        this.wiring = wiring;
    }

    String jobName() {
        return jobName;
    }

    /** Of its Kafka consumers. */
    String group() {
        return "citystream-" + jobName;
    }

    Topic readings() {
        return readings;
    }

    Topic summaries() {
        return summaries;
    }

    ReadingFormat format() {
        return format;
    }

    Duration pane() {
        return pane;
    }

    void wire(JobEnvironment environment) {
        wiring.accept(environment);
    }

    /** What a benchmark's sensor measures. */
    static String subjectOf(String sensorId) {
        return sensorId.replace("loop-", "segment-").replace("monitor-", "station-");
    }
}
