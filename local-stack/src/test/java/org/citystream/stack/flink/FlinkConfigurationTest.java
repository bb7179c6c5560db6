package org.citystream.stack.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.citystream.stack.layout.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkConfigurationTest {
    @TempDir
    Path directory;

    /** Flink runs whatever is sent to it. */
    @Test
    void everyDoorIsOnLoopbackOnly() throws IOException {
        List<String> lines = Files.readAllLines(
                FlinkConfiguration.write(directory, new Ports(20_000)).resolve("config.yaml"));

        assertThat(lines.stream()
                        .map(String::strip)
                        .filter(line -> line.matches("(bind-host|bind-address|host|address|rpc.address): .*")))
                .hasSize(6)
                .allMatch(line -> line.endsWith(": 127.0.0.1"));
        assertThat(lines).contains("  port: 28081");
    }
}
