package org.citystream.stack.flink;

import java.util.List;

/** What the jobs are told on their command line. */
public record JobSettings(String kafkaBootstrapServers, String influxUrl, String influxToken) {
    private static final String ORGANISATION = "citystream";
    private static final String BUCKET = "citystream";

    List<String> arguments(CityJob job) {
        return job == CityJob.TIME_SERIES
                ? List.of(
                        "--kafka-bootstrap-servers",
                        kafkaBootstrapServers,
                        "--influx-url",
                        influxUrl,
                        "--influx-token",
                        influxToken,
                        "--influx-org",
                        ORGANISATION,
                        "--influx-bucket",
                        BUCKET)
                : List.of("--kafka-bootstrap-servers", kafkaBootstrapServers);
    }
}
