package org.citystream.service.kubernetes;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

/**
 * Removes the job graphs that Flink's high availability keeps for a cluster, and leaves its checkpoints: what runs before a
 * JobManager in application mode. Flink gives such a job a fixed id and, finding a graph of that id, goes on with it instead
 * of with what the program says now: another version, other arguments or another parallelism would count for nothing. The
 * Flink Kubernetes Operator does the same before it deploys.
 *
 * <p>Arguments: the namespace, and the cluster's id. Exits with 0 when none is left, with 1 when the API server refuses or
 * cannot be reached.
 */
public final class ForgetGraphMain {
    private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    /** As Flink calls them: up to version 1, and since version 2. */
    private static final List<String> GRAPH_KEYS = List.of("jobGraph-", "executionPlan-");

    private ForgetGraphMain() {}

    @SuppressWarnings("SystemOut") // a command's answer
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length != 2) {
            System.err.println("forget-graph: give NAMESPACE and CLUSTER");
            System.exit(2);
        }
        try {
            forget(ConfigMaps.ofPod(ACCOUNT, System.getenv(), arguments[0]), arguments[1]);
        } catch (IOException | GeneralSecurityException e) {
            System.err.println(
                    "forget-graph: " + e + "; the service account must be allowed to get and patch ConfigMaps");
            System.exit(1);
        }
    }

    @SuppressWarnings("SystemOut") // a command's answer
    static void forget(ConfigMaps configMaps, String cluster) throws IOException, InterruptedException {
        String name = cluster + "-cluster-config-map";
        List<String> graphs = configMaps.keys(name).stream()
                .filter(key -> GRAPH_KEYS.stream().anyMatch(key::startsWith))
                .toList();
        if (!graphs.isEmpty()) {
            configMaps.remove(name, graphs);
        }
        System.out.println("job graphs forgotten: " + graphs);
    }
}
