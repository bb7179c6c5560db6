package org.citystream.jobs.airquality;

import java.time.Duration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.citystream.analytics.pane.PaneTiming;
import org.citystream.jobs.control.KafkaControlLog;
import org.citystream.jobs.kafka.Sinks;
import org.citystream.jobs.kafka.Sources;
import org.citystream.jobs.runtime.JobEnvironment;
import org.citystream.jobs.runtime.KafkaAccess;
import org.citystream.jobs.time.GroupedStreams;
import org.citystream.jobs.wire.Reading;
import org.citystream.jobs.wire.ReadingFormat;
import org.citystream.model.wire.Topics;

/**
 * Entry point of {@code air-quality-job}. Arguments: {@code --kafka-bootstrap-servers H:P}, and {@code --horizon PT48H}:
 * how late a reading may be.
 */
public final class AirQualityJob {
    private static final String NAME = "air-quality-job";

    private AirQualityJob() {}

    public static void main(String[] args) throws Exception {
        JobEnvironment job = JobEnvironment.of(args, "horizon");
        wire(job);
        job.env().execute(NAME);
    }

    /** The job between its topics. */
    public static void wire(JobEnvironment job) {
        KafkaAccess kafka = job.kafka();
        Sinks sinks = Sinks.of(job, NAME);
        Duration horizon = Duration.parse(
                job.arguments().get("horizon", PaneTiming.AIR.horizon().toString()));
        DataStream<Reading> readings = Sources.readings(job.env(), kafka, Topics.READINGS_AIR, ReadingFormat.AIR, NAME);
        GroupedStreams air =
                AirQualityTopology.build(readings, new KafkaControlLog(kafka), PaneTiming.AIR.withHorizon(horizon));
        air.summaries().sinkTo(sinks.to(Topics.SUMMARIES_AIR)).name("summaries").uid("summaries");
        air.events().sinkTo(sinks.to(Topics.EVENTS)).name("events").uid("events");
        air.late().sinkTo(sinks.to(Topics.READINGS_LATE)).name("late").uid("late");
    }
}
