package org.citystream.helm;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The values of the chart with the comments above them, and the chart's README made from them. */
final class ValuesReference {
    private static final Pattern KEY = Pattern.compile("^( *)([A-Za-z0-9]+):(.*)$");
    private static final Pattern COMMENT = Pattern.compile("^ *# -- (.*)$");
    private static final Pattern CONTINUED = Pattern.compile("^ *# (?!-- )(.*)$");

    /**
     * A value that users set.
     *
     * @param path with dots, such as {@code gateway.replicas}
     * @param fallback as it is written, the default
     * @param comment what it means; empty if nothing is said
     */
    record Value(String path, String fallback, String comment) {}

    private record Level(int indent, String key) {}

    private ValuesReference() {}

    /** Every value that has a comment, and every leaf, in the order of the file. */
    static List<Value> values() throws IOException {
        List<Value> values = new ArrayList<>();
        Deque<Level> levels = new ArrayDeque<>();
        String comment = "";
        int documented = Integer.MAX_VALUE;
        for (String line : Files.readAllLines(Chart.SOURCE.resolve("values.yaml"))) {
            Matcher said = COMMENT.matcher(line);
            Matcher continued = CONTINUED.matcher(line);
            Matcher key = KEY.matcher(line);
            if (continued.matches() && !comment.isEmpty()) {
                comment += " " + continued.group(1);
            } else if (said.matches()) {
                comment = said.group(1);
            } else if (key.matches()) {
                int indent = key.group(1).length();
                while (!levels.isEmpty() && levels.peekLast().indent() >= indent) {
                    levels.removeLast();
                }
                levels.addLast(new Level(indent, key.group(2)));
                if (indent <= documented) {
                    documented = Integer.MAX_VALUE;
                    String fallback = key.group(3).strip();
                    if (!comment.isEmpty() || !fallback.isEmpty()) {
                        values.add(new Value(path(levels), fallback, comment));
                    }
                    if (!comment.isEmpty() && fallback.isEmpty()) {
                        // Said of the whole of it, such as resources.
                        documented = indent;
                    }
                }
                comment = "";
            }
        }
        return values;
    }

    private static String path(Deque<Level> levels) {
        return levels.stream().map(Level::key).collect(Collectors.joining("."));
    }

    static String readme() throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("""
                # The chart `citystream`

                CityStream on Kubernetes: gateway, alerting service, dashboard and Flink jobs; a simulated city on demand. Kafka, an
                MQTT 5 broker, PostgreSQL and a time-series store are yours, given by address and secret;
                [operating.md](../../docs/operating.md) says how to bring them up, size, back up and upgrade.

                Needs Kubernetes 1.27, and with `flink.mode: operator` the Flink Kubernetes Operator watching the namespace.

                <!-- needs a cluster -->
                ```bash
                helm upgrade --install lindholm helm/citystream --namespace city --create-namespace --values my-values.yaml
                helm test lindholm --namespace city
                ```

                The least that `my-values.yaml` says is in [ci/minimal-values.yaml](ci/minimal-values.yaml); a deployment with
                everything in [ci/operator-values.yaml](ci/operator-values.yaml), one without the operator in
                [ci/plain-values.yaml](ci/plain-values.yaml), a simulated city in [ci/simulated-values.yaml](ci/simulated-values.yaml).
                What is missing is said all at once, before anything is deployed. There are no default passwords: every secret is one
                that you make.

                Upgrades: read `CHANGELOG.md`; `helm upgrade` creates new topics, restarts what has changed, and continues the jobs
                from a savepoint (operator) or their latest checkpoint (plain). `helm rollback` takes back everything but topics and
                the database, which stay readable for the version before; jobs go on with the state they have then, or begin again at
                a savepoint that you name (`flink.jobs.*.initialSavepointPath`). `gateway.replicas` is only ever raised: the session
                of a gateway that is no more keeps its messages until it expires. Network policies open the ports of the addresses
                that you give. A secret that changes is read again when its pods restart: `kubectl rollout restart`. With
                `flink.mode: plain` an uninstalled release leaves the ConfigMaps of Flink's high availability behind, which say where
                the jobs were: `kubectl delete configmap --selector configmap-type=high-availability,app=RELEASE-citystream-traffic-job`
                and its like for the others, or let the next release go on from them.

                ## Values

                | value | default | what |
                |---|---|---|
                """);
        for (Value value : values()) {
            text.append("| `")
                    .append(value.path())
                    .append("` | ")
                    .append(value.fallback().isEmpty() ? "" : "`" + value.fallback() + "`")
                    .append(" | ")
                    .append(value.comment().replace("|", "\\|"))
                    .append(" |\n");
        }
        return text.toString();
    }
}
