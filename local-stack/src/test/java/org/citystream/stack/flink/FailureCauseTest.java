package org.citystream.stack.flink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureCauseTest {
    @Test
    void theInnermostCauseAndItsPlaceAreNamed() {
        assertThat(FailureCause.of("""
                        org.apache.flink.runtime.JobException: Recovery is suppressed by NoRestartBackoffTimeStrategy
                        \tat org.apache.flink.runtime.executiongraph.ExecutionFailureHandler.handle(ExecutionFailureHandler.java:1)
                        Caused by: java.lang.RuntimeException: Failed to open
                        \tat org.apache.flink.runtime.Task.run(Task.java:2)
                        Caused by: java.nio.file.NoSuchFileException: /secret/influx.token
                        \tat java.base/sun.nio.fs.UnixException.translate(UnixException.java:92)
                        \tat org.citystream.jobs.timeseries.StoreAddress.token(StoreAddress.java:20)
                        \t... 14 more
                        """))
                .isEqualTo("java.nio.file.NoSuchFileException: /secret/influx.token"
                        + " (at java.base/sun.nio.fs.UnixException.translate(UnixException.java:92))");
    }

    @Test
    void flinksAnswerToARefusedRequestIsReadTheSameWay() {
        assertThat(FailureCause.of("""
                        Internal server error.
                        <Exception on server side:
                        org.apache.flink.util.FlinkRuntimeException: Could not execute application.
                        \tat org.apache.flink.Y.go(Y.java:1)
                        Caused by: java.lang.IllegalArgumentException: this job knows no argument --horizn,
                        only [horizon, jar]
                        \tat org.citystream.jobs.runtime.JobEnvironment.of(JobEnvironment.java:40)
                        \t... 9 more

                        End of exception on server side>
                        """))
                .isEqualTo(
                        "java.lang.IllegalArgumentException: this job knows no argument --horizn, only [horizon, jar]"
                                + " (at org.citystream.jobs.runtime.JobEnvironment.of(JobEnvironment.java:40))");
    }

    @Test
    void aPlainMessageStaysAsItIs() {
        assertThat(FailureCause.of("Config key [state.savepoints.dir] is not set.\n"))
                .isEqualTo("Config key [state.savepoints.dir] is not set.");
    }
}
