package org.citystream.stack.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.citystream.stack.layout.DataDirectory;
import org.citystream.stack.layout.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditOfStackTest {
    @TempDir
    Path directory = Path.of("");

    @Test
    void theAuditReadsAlertsWithTheStacksToken() {
        List<String> options = options();

        assertThat(options)
                .containsSubsequence("--alerting-url", "http://127.0.0.1:8090")
                .containsSubsequence(
                        "--alerting-token-file",
                        directory.resolve("admin.token").toString());
    }

    @Test
    void aStacksOneGatewayKeepsTheOrderOfReadings() {
        assertThat(options()).containsOnlyOnce("--ordered");
        assertThat(options("--ordered")).doesNotContain("--ordered");
    }

    @Test
    void anAlertingServiceElsewhereIsNotGivenTheStacksToken() {
        assertThat(options("--alerting-url")).doesNotContain("--alerting-url", "--alerting-token-file");
    }

    @Test
    void aTokenOfOnesOwnIsTaken() {
        assertThat(options("--alerting-token-file")).contains("--alerting-url").doesNotContain("--alerting-token-file");
    }

    private List<String> options(String... named) {
        return AuditOfStack.options(new DataDirectory(directory), new Ports(0), List.of(named)::contains);
    }
}
