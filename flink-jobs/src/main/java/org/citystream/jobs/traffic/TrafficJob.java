package org.citystream.jobs.traffic;

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
 * Entry point of {@code traffic-job}. Arguments: {@code --kafka-bootstrap-servers H:P}, and {@code --horizon PT3H}: how
 * late a reading may be.
 */
public final class TrafficJob {
    private static final String NAME = "traffic-job";

    private TrafficJob() {}

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
                job.arguments().get("horizon", PaneTiming.TRAFFIC.horizon().toString()));
        DataStream<Reading> readings =
                Sources.readings(job.env(), kafka, Topics.READINGS_TRAFFIC, ReadingFormat.TRAFFIC, NAME);
        GroupedStreams traffic =
                TrafficTopology.build(readings, new KafkaControlLog(kafka), PaneTiming.TRAFFIC.withHorizon(horizon));
        traffic.summaries()
                .sinkTo(sinks.to(Topics.SUMMARIES_TRAFFIC))
                .name("summaries")
                .uid("summaries");
        traffic.groupSummaries()
                .sinkTo(sinks.to(Topics.SUMMARIES_CORRIDOR))
                .name("corridor summaries")
                .uid("corridor-summaries");
        traffic.events().sinkTo(sinks.to(Topics.EVENTS)).name("events").uid("events");
        traffic.late().sinkTo(sinks.to(Topics.READINGS_LATE)).name("late").uid("late");
    }
}
