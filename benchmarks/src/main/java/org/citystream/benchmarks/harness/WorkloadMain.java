package org.citystream.benchmarks.harness;

import java.nio.charset.StandardCharsets;
import org.citystream.model.wire.JsonCodec;

/** Entry point of a run's process: class of the workload, its parameters as JSON; answers with one line. */
public final class WorkloadMain {
    static final String ANSWER = "SAMPLE ";

    private WorkloadMain() {}

    public static void main(String[] args) throws Exception {
        Workload workload =
                (Workload) Class.forName(args[0]).getDeclaredConstructor().newInstance();
        Parameters parameters = JsonCodec.internal().readValue(args[1], Parameters.class);
        Sample sample = workload.run(parameters);
        System.out.println(ANSWER + new String(JsonCodec.write(sample), StandardCharsets.UTF_8));
        // Whatever the workload left running is of no interest any more.
        System.exit(0);
    }
}
