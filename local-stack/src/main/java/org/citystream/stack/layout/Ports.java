package org.citystream.stack.layout;

import java.util.LinkedHashMap;
import java.util.Map;

/** The ports of one stack: the documented ones, all shifted by the same offset. */
public record Ports(int offset) {
    /** Keeps every port below 65536. */
    public static final int MAX_OFFSET = 55_000;

    public Ports {
        if (offset < 0 || offset > MAX_OFFSET) {
            throw new IllegalArgumentException("port offset must be 0 to " + MAX_OFFSET + ", not " + offset);
        }
    }

    public int mqtt() {
        return 1883 + offset;
    }

    public int kafka() {
        return 9092 + offset;
    }

    public int kafkaController() {
        return 9093 + offset;
    }

    public int flinkRest() {
        return 8081 + offset;
    }

    public int flinkRpc() {
        return 6123 + offset;
    }

    public int flinkBlob() {
        return 6124 + offset;
    }

    public int jobManagerMetrics() {
        return 9249 + offset;
    }

    public int taskManagerMetrics() {
        return 9250 + offset;
    }

    public int dashboard() {
        return 8080 + offset;
    }

    public int alerting() {
        return 8090 + offset;
    }

    public int gateway() {
        return 8091 + offset;
    }

    public int simulator() {
        return 8092 + offset;
    }

    public int questDbHttp() {
        return 9000 + offset;
    }

    public int questDbSql() {
        return 8812 + offset;
    }

    public int postgres() {
        return 5433 + offset;
    }

    /** Where clients find the broker in a stack with lines that can be broken; likewise the next three. */
    public int mqttLine() {
        return 1884 + offset;
    }

    public int kafkaLine() {
        return 9094 + offset;
    }

    public int postgresLine() {
        return 5434 + offset;
    }

    public int questDbLine() {
        return 9001 + offset;
    }

    /** Where those lines are told what to do. */
    public int lines() {
        return 8094 + offset;
    }

    /**
     * Every port by the purpose people know it by.
     *
     * @param breakable whether there are lines that can be broken
     */
    public Map<String, Integer> all(boolean breakable) {
        Map<String, Integer> all = new LinkedHashMap<>();
        all.put("MQTT", mqtt());
        all.put("Kafka", kafka());
        all.put("Kafka controller", kafkaController());
        all.put("Flink REST", flinkRest());
        all.put("Flink RPC", flinkRpc());
        all.put("Flink blob server", flinkBlob());
        all.put("JobManager metrics", jobManagerMetrics());
        all.put("TaskManager metrics", taskManagerMetrics());
        all.put("dashboard", dashboard());
        all.put("alerting", alerting());
        all.put("gateway", gateway());
        all.put("simulator", simulator());
        all.put("QuestDB HTTP", questDbHttp());
        all.put("QuestDB SQL", questDbSql());
        all.put("PostgreSQL", postgres());
        if (breakable) {
            all.put("line to MQTT", mqttLine());
            all.put("line to Kafka", kafkaLine());
            all.put("line to PostgreSQL", postgresLine());
            all.put("line to QuestDB", questDbLine());
            all.put("control of the lines", lines());
        }
        return all;
    }

    public String kafkaBootstrap() {
        return "127.0.0.1:" + kafka();
    }

    public String mqttUrl() {
        return "tcp://127.0.0.1:" + mqtt();
    }

    public String flinkUrl() {
        return http(flinkRest());
    }

    public String dashboardUrl() {
        return http(dashboard());
    }

    public String alertingUrl() {
        return http(alerting());
    }

    public String gatewayUrl() {
        return http(gateway());
    }

    public String questDbUrl() {
        return http(questDbHttp());
    }

    private static String http(int port) {
        return "http://127.0.0.1:" + port;
    }
}
