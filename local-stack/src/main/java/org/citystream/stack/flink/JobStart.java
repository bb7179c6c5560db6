package org.citystream.stack.flink;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One way to start a job. The job is told which jar it comes from, and shows that with its other arguments, so that an
 * upgrade knows what to go back to.
 *
 * @param arguments by name, without {@link #JAR}
 * @param parallelism 0: the cluster's default
 * @param from checkpoint or savepoint to continue from; absent: from the beginning of the topics, or where the consumer
 *     group stands
 * @param claim whether Flink may delete that when the job no longer needs it
 */
record JobStart(
        String jarId,
        Map<String, String> arguments,
        int parallelism,
        @Nullable String from,
        boolean claim) {
    /** The argument that names the jar in the JobManager's store. */
    static final String JAR = "jar";

    /** Returns the new job's id; it need not run yet. */
    String on(FlinkRest flink, CityJob job) throws IOException, InterruptedException {
        Map<String, String> all = new LinkedHashMap<>(arguments);
        all.put(JAR, jarId);
        List<String> line = all.entrySet().stream()
                .flatMap(entry -> Stream.of("--" + entry.getKey(), entry.getValue()))
                .toList();
        return flink.run(new FlinkRest.Start(jarId, job.entryClass(), line, parallelism, from, claim));
    }
}
