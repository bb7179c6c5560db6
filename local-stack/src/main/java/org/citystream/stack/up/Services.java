package org.citystream.stack.up;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.citystream.stack.flink.FlinkConfiguration;
import org.citystream.stack.flink.FlinkRest;
import org.citystream.stack.layout.Checkout;
import org.citystream.stack.layout.DataDirectory;
import org.citystream.stack.layout.Ports;
import org.citystream.stack.process.ClassDataArchive;
import org.citystream.stack.process.JavaCommand;
import org.citystream.stack.process.Readiness;
import org.citystream.stack.process.ServiceSpec;

/**
 * The processes of one stack. Heap sizes carried 2,000 readings a second; everything listens on loopback, and is told where
 * the others are by environment variables, as in production.
 */
public final class Services {
    /** Set by whoever starts the stack; what it may be is for its process to say. */
    private static final String TIME_SERIES_RETENTION = "TIME_SERIES_RETENTION_DAYS";

    /** In which order they stop: what writes before what stores. */
    public static final List<List<String>> STOP_ORDER = List.of(
            List.of("simulator"),
            List.of("gateway"),
            List.of("flink-taskmanager", "flink-jobmanager", "alerting", "dashboard"),
            List.of("kafka", "mqtt", "timeseries", "postgres"),
            List.of("lines"));

    /** The service that is there only if the stack is breakable. */
    public static final String LINES = "lines";

    /** Reached when all jobs run. */
    static final String JOBS = "jobs";

    private static final String OWN = "local-stack";
    private static final String[] EMBEDDED_FLAGS = {"-Dlogback.configurationFile=logback-embedded.xml"};

    private final Checkout checkout;
    private final DataDirectory data;
    private final Ports ports;
    private final boolean breakable;
    private final FlinkRest flink;

    public Services(Checkout checkout, DataDirectory data, Ports ports) {
        this(checkout, data, ports, false);
    }

    /** @param breakable whether brokers and stores are reached by lines that can be told to fail */
    Services(Checkout checkout, DataDirectory data, Ports ports, boolean breakable) {
        this.breakable = breakable;
        this.checkout = checkout;
        this.data = data;
        this.ports = ports;
        this.flink = new FlinkRest(ports.flinkUrl());
    }

    /** All of them; the simulator only where readings do not come from outside. */
    public List<ServiceSpec> all(Source source) {
        List<ServiceSpec> all = new ArrayList<>(List.of(
                kafka(),
                mqtt(),
                timeSeries(),
                postgres(),
                jobManager(),
                taskManager(),
                gateway(source),
                alerting(),
                dashboard()));
        if (!source.isOutside()) {
            all.add(simulator(source));
        }
        if (breakable) {
            all.add(0, lines());
        }
        return all;
    }

    private ServiceSpec lines() {
        List<Path> classPath = checkout.classPath(OWN);
        ClassDataArchive archive = archive("lines", classPath);
        String lines = String.join(
                ",",
                "mqtt=" + ports.mqttLine() + ":" + ports.mqtt(),
                "kafka=" + ports.kafkaLine() + ":" + ports.kafka(),
                "postgres=" + ports.postgresLine() + ":" + ports.postgres(),
                "timeseries=" + ports.questDbLine() + ":" + ports.questDbHttp());
        return embedded(
                LINES,
                java(classPath, "org.citystream.stack.LinesMain", 64, archive),
                archive,
                data.run(),
                "http://127.0.0.1:" + ports.lines(),
                List.of(),
                Map.of("LINES", lines, "CONTROL_PORT", port(ports.lines())));
    }

    private ServiceSpec kafka() {
        List<Path> classPath = checkout.classPath(OWN);
        ClassDataArchive archive = archive("kafka", classPath);
        return embedded(
                "kafka",
                java(classPath, "org.citystream.stack.KafkaMain", 192, archive),
                archive,
                data.kafka(),
                ports.kafkaBootstrap(),
                // It asks itself for its topics, as clients do.
                breakable ? List.of(LINES) : List.of(),
                Map.of(
                        "KAFKA_PORT", port(ports.kafka()),
                        "CLIENTS_PORT", port(breakable ? ports.kafkaLine() : ports.kafka()),
                        "CONTROLLER_PORT", port(ports.kafkaController())));
    }

    private ServiceSpec mqtt() {
        List<Path> classPath = checkout.classPath(OWN);
        ClassDataArchive archive = archive("mqtt", classPath);
        return embedded(
                "mqtt",
                java(classPath, "org.citystream.stack.MqttMain", 160, archive),
                archive,
                data.mqtt(),
                ports.mqttUrl(),
                List.of(),
                Map.of("MQTT_PORT", port(ports.mqtt())));
    }

    private ServiceSpec timeSeries() {
        List<Path> classPath = checkout.classPath(OWN);
        ClassDataArchive archive = archive("timeseries", classPath);
        return embedded(
                "timeseries",
                java(classPath, "org.citystream.stack.TimeSeriesMain", 128, archive),
                archive,
                data.timeSeries(),
                ports.questDbUrl(),
                List.of(),
                timeSeriesEnvironment());
    }

    private Map<String, String> timeSeriesEnvironment() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("HTTP_PORT", port(ports.questDbHttp()));
        environment.put("SQL_PORT", port(ports.questDbSql()));
        String retention = System.getenv(TIME_SERIES_RETENTION);
        if (retention != null) {
            environment.put(TIME_SERIES_RETENTION, retention);
        }
        return environment;
    }

    private ServiceSpec postgres() {
        List<Path> classPath = checkout.classPath(OWN);
        ClassDataArchive archive = archive("postgres", classPath);
        return embedded(
                "postgres",
                // The heap is what unpacking its programs takes once; it is given back.
                java(classPath, "org.citystream.stack.PostgresMain", 128, archive)
                        .flags("-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=20"),
                archive,
                data.postgres(),
                "postgresql://127.0.0.1:" + ports.postgres(),
                List.of(),
                Map.of(
                        "POSTGRES_PORT", port(ports.postgres()),
                        "BINARIES_DIR", checkout.postgresBinaries().toString()));
    }

    private ServiceSpec embedded(
            String name,
            JavaCommand command,
            ClassDataArchive archive,
            Path directory,
            String url,
            List<String> needs,
            Map<String, String> settings) {
        Path readyFile = data.run().resolve(name + ".ready");
        Map<String, String> environment = new TreeMap<>(settings);
        environment.put("DATA_DIR", directory.toString());
        environment.put("READY_FILE", readyFile.toString());
        return new ServiceSpec(
                name,
                command.flags(EMBEDDED_FLAGS)::build,
                environment,
                data.log(name),
                url,
                needs,
                Readiness.file(readyFile),
                false,
                archive);
    }

    private ServiceSpec jobManager() {
        List<Path> classPath = checkout.flinkClassPath();
        ClassDataArchive archive = archive("flink-jobmanager", classPath);
        JavaCommand command = java(
                        classPath,
                        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                        FlinkConfiguration.JOB_MANAGER_HEAP_MB,
                        archive)
                // Without it every job submitted by REST is refused.
                .flags("--add-opens=java.base/java.util=ALL-UNNAMED");
        return flink("flink-jobmanager", command, archive, ports.jobManagerMetrics(), flink -> {
            flink.taskManagers();
            return Optional.empty();
        });
    }

    private ServiceSpec taskManager() {
        List<Path> classPath = checkout.flinkClassPath();
        ClassDataArchive archive = archive("flink-taskmanager", classPath);
        JavaCommand command = java(
                        classPath,
                        "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                        FlinkConfiguration.TASK_MANAGER_HEAP_MB,
                        archive)
                .flags("--add-opens=java.base/java.util=ALL-UNNAMED")
                .flags(FlinkConfiguration.TASK_MANAGER_FLAGS.toArray(String[]::new));
        return flink(
                "flink-taskmanager",
                command,
                archive,
                ports.taskManagerMetrics(),
                flink -> flink.taskManagers() > 0 ? Optional.empty() : Optional.of("not registered at the JobManager"));
    }

    /** Asks the JobManager. */
    @FunctionalInterface
    private interface Question {
        Optional<String> problem(FlinkRest flink) throws java.io.IOException, InterruptedException;
    }

    private ServiceSpec flink(
            String name, JavaCommand command, ClassDataArchive archive, int metricsPort, Question question) {
        Path conf = data.flink().resolve("conf");
        command.flags("-Dlogback.configurationFile=" + conf.resolve("logback.xml"))
                .arguments("--configDir", conf.toString(), "-D", "metrics.reporter.prom.port=" + metricsPort);
        if (name.equals("flink-taskmanager")) {
            command.arguments("-D", "taskmanager.resource-id=tm-1");
        }
        return new ServiceSpec(
                name,
                command::build,
                Map.of(),
                data.log(name),
                ports.flinkUrl(),
                List.of(),
                () -> ask(flink, question),
                false,
                archive);
    }

    private static Optional<String> ask(FlinkRest flink, Question question) {
        try {
            return question.problem(flink);
        } catch (java.io.IOException e) {
            return Optional.of("the JobManager does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private ServiceSpec gateway(Source source) {
        return service(
                "gateway",
                "ingest-gateway",
                "org.citystream.gateway.GatewayMain",
                96,
                ports.gateway(),
                List.of("kafka", "mqtt"),
                Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS",
                        ports.kafkaBootstrap(),
                        "MQTT_URL",
                        breakable ? "tcp://127.0.0.1:" + ports.mqttLine() : ports.mqttUrl(),
                        "CLOCK_SOURCE",
                        source.isOutside() ? "wall" : "published",
                        "CLOCK_KEY",
                        DataDirectory.read(data.clockKeyFile())));
    }

    private ServiceSpec alerting() {
        return service(
                "alerting",
                "alerting-service",
                "org.citystream.alerting.AlertingMain",
                80,
                ports.alerting(),
                List.of("kafka", "postgres"),
                Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS", ports.kafkaBootstrap(),
                        "DATABASE_URL", databaseUrl(),
                        "DATABASE_USER", "postgres",
                        "DATABASE_PASSWORD_FILE", data.databasePasswordFile().toString(),
                        "ADMIN_TOKEN_FILE", data.adminTokenFile().toString(),
                        "INSTANCE_ID", "local",
                        "WEBHOOK_ALLOWED_CIDRS", "127.0.0.0/8,::1/128",
                        "DASHBOARD_URL", ports.dashboardUrl(),
                        "PUBLIC_URL", ports.alertingUrl()));
    }

    private String databaseUrl() {
        return "jdbc:postgresql://127.0.0.1:" + (breakable ? ports.postgresLine() : ports.postgres()) + "/postgres";
    }

    private ServiceSpec dashboard() {
        return service(
                "dashboard",
                "dashboard",
                "org.citystream.dashboard.DashboardMain",
                96,
                ports.dashboard(),
                List.of("kafka", "timeseries"),
                Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS", ports.kafkaBootstrap(),
                        "QUESTDB_URL", "jdbc:postgresql://127.0.0.1:" + ports.questDbSql() + "/qdb",
                        "QUESTDB_USER", "admin",
                        "QUESTDB_PASSWORD_FILE", data.questDbPasswordFile().toString(),
                        "ALERTING_URL", ports.alertingUrl(),
                        "GATEWAY_URL", ports.gatewayUrl(),
                        "FLINK_URL", ports.flinkUrl()));
    }

    private ServiceSpec service(
            String name,
            String module,
            String mainClass,
            int heapMb,
            int httpPort,
            List<String> needs,
            Map<String, String> settings) {
        List<Path> classPath = checkout.classPath(module);
        ClassDataArchive archive = archive(name, classPath);
        Map<String, String> environment = new TreeMap<>(settings);
        environment.put("HTTP_HOST", "127.0.0.1");
        environment.put("HTTP_PORT", port(httpPort));
        return new ServiceSpec(
                name,
                java(classPath, mainClass, heapMb, archive)::build,
                environment,
                data.log(name),
                "http://127.0.0.1:" + httpPort,
                needs,
                Readiness.http("http://127.0.0.1:" + httpPort + "/health/ready"),
                false,
                archive);
    }

    private ServiceSpec simulator(Source source) {
        List<Path> classPath = checkout.classPath("simulator");
        ClassDataArchive archive = archive("simulator", classPath);
        String url = "http://127.0.0.1:" + ports.simulator();
        Map<String, String> environment = new TreeMap<>(simulatorEnvironment());
        environment.put("HTTP_HOST", "127.0.0.1");
        environment.put("HTTP_PORT", port(ports.simulator()));
        environment.put("SIMULATOR_DATA_DIR", data.simulator().toString());
        return new ServiceSpec(
                "simulator",
                () -> simulatorCommand(source.arguments(), archive),
                environment,
                data.log("simulator"),
                url,
                // A message published before the gateway's first subscription would have no queue to wait in; and
                // working off the simulated past would keep the jobs from starting.
                List.of("kafka", "gateway", JOBS),
                Readiness.http(url + "/health/ready"),
                true,
                archive);
    }

    /** The simulator's command line with the user's own arguments. */
    public List<String> simulatorCommand(List<String> arguments) {
        return simulatorCommand(arguments, archive("simulator", checkout.classPath("simulator")));
    }

    private List<String> simulatorCommand(List<String> arguments, ClassDataArchive archive) {
        // Lindholm needs little; another city may have 100,000 detectors.
        int heapMb = arguments.contains("--city") ? 768 : 96;
        return java(checkout.classPath("simulator"), "org.citystream.simulator.SimulatorMain", heapMb, archive)
                .arguments(arguments)
                .build();
    }

    /** What makes the simulator publish to this stack, as its clock. */
    public Map<String, String> simulatorEnvironment() {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", ports.kafkaBootstrap(),
                "MQTT_URL", ports.mqttUrl(),
                "CLOCK_KEY", DataDirectory.read(data.clockKeyFile()));
    }

    /** Native libraries are unpacked where this stack cleans up, not into the system's temporary directory. */
    private JavaCommand java(List<Path> classPath, String mainClass, int heapMb, ClassDataArchive archive) {
        return JavaCommand.of(classPath, mainClass, heapMb, archive).flags("-Djava.io.tmpdir=" + data.temporary());
    }

    private ClassDataArchive archive(String kind, List<Path> classPath) {
        return ClassDataArchive.of(checkout.archives(), kind, classPath);
    }

    private static String port(int port) {
        return Integer.toString(port);
    }
}
