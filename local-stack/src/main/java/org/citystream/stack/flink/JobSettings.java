package org.citystream.stack.flink;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What jobs are told on their command line. None of it is secret: Flink shows it to whoever asks.
 *
 * @param kafkaBootstrapServers as the jobs see them
 * @param influxUrl the time-series store, as the jobs see it
 * @param influxTokenFile file with the store's token, as the TaskManagers see it; absent: none is needed
 * @param more further arguments of the jobs, by name
 * @param parallelism 0: the cluster's default
 */
public record JobSettings(
        String kafkaBootstrapServers,
        String influxUrl,
        @Nullable String influxTokenFile,
        Map<String, String> more,
        int parallelism) {

    /** With everything else as it is by default. */
    public JobSettings(String kafkaBootstrapServers, String influxUrl, @Nullable String influxTokenFile) {
        this(kafkaBootstrapServers, influxUrl, influxTokenFile, Map.of(), 0);
    }

    Map<String, String> arguments(CityJob job) {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("kafka-bootstrap-servers", kafkaBootstrapServers);
        if (job == CityJob.TIME_SERIES) {
            arguments.put("influx-url", influxUrl);
            if (influxTokenFile != null) {
                arguments.put("influx-token-file", influxTokenFile);
            }
        }
        arguments.putAll(more);
        return arguments;
    }
}
