package org.citystream.jobs.timeseries;

import org.apache.flink.util.ParameterTool;
import org.citystream.jobs.runtime.JobEnvironment;

/**
 * Entry point of {@code time-series-job}. Arguments: {@code --kafka-bootstrap-servers H:P --influx-url
 * http://127.0.0.1:9000 --influx-token-file FILE --influx-org citystream --influx-bucket citystream --influx-api v1|v2}.
 */
public final class TimeSeriesJob {
    private static final String NAME = "time-series-job";

    private TimeSeriesJob() {}

    public static void main(String[] args) throws Exception {
        JobEnvironment job =
                JobEnvironment.of(args, "influx-url", "influx-token-file", "influx-org", "influx-bucket", "influx-api");
        wire(job);
        job.env().execute(NAME);
    }

    /** The job between its topics and the store. */
    public static void wire(JobEnvironment job) {
        TimeSeriesTopology.build(
                job.env(),
                job.kafka(),
                NAME,
                new TimeSeriesSink(address(job.arguments()), WritePolicy.DEFAULT, job.kafka()));
    }

    static StoreAddress address(ParameterTool arguments) {
        return new StoreAddress(
                arguments.get("influx-url", "http://127.0.0.1:9000"),
                arguments.get("influx-token-file"),
                arguments.get("influx-org", "citystream"),
                arguments.get("influx-bucket", "citystream"),
                StoreApi.of(arguments.get("influx-api", "v2")));
    }
}
