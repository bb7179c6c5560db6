package org.citystream.jobs.sensorhealth;

import org.citystream.jobs.control.KafkaControlLog;
import org.citystream.jobs.kafka.Sinks;
import org.citystream.jobs.kafka.Sources;
import org.citystream.jobs.runtime.JobEnvironment;
import org.citystream.jobs.runtime.KafkaAccess;
import org.citystream.jobs.wire.ReadingFormat;
import org.citystream.model.wire.Topics;

/** Entry point of {@code sensor-health-job}. Arguments: {@code --kafka-bootstrap-servers H:P}. */
public final class SensorHealthJob {
    private static final String NAME = "sensor-health-job";

    private SensorHealthJob() {}

    public static void main(String[] args) throws Exception {
        JobEnvironment job = JobEnvironment.of(args);
        wire(job);
        job.env().execute(NAME);
    }

    /** The job between its topics. */
    public static void wire(JobEnvironment job) {
        KafkaAccess kafka = job.kafka();
        Sinks sinks = Sinks.of(job, NAME);
        SensorHealthTopology sensors = SensorHealthTopology.build(
                Sources.readings(job.env(), kafka, Topics.READINGS_TRAFFIC, ReadingFormat.TRAFFIC, NAME),
                Sources.readings(job.env(), kafka, Topics.READINGS_AIR, ReadingFormat.AIR, NAME),
                RefusedMessages.follow(job.env(), kafka, NAME),
                new KafkaControlLog(kafka));
        sensors.health().sinkTo(sinks.to(Topics.SENSOR_HEALTH)).name("health").uid("health");
        sensors.events().sinkTo(sinks.to(Topics.EVENTS)).name("events").uid("events");
    }
}
