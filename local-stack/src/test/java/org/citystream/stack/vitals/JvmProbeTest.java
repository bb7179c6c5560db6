package org.citystream.stack.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class JvmProbeTest {
    private static final int KEPT_BYTES = 50_000_000;
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");

    /** Holds something, drops as much again, and ends with its input. */
    static final class Holder {
        public static void main(String[] arguments) throws IOException {
            byte[] kept = new byte[KEPT_BYTES];
            byte[] dropped = new byte[KEPT_BYTES];
            dropped[0] = 1;
            dropped = null;
            System.out.println("ready");
            kept[0] = (byte) System.in.read();
            System.out.println(kept[0]);
        }
    }

    @Test
    @Timeout(60)
    void whatIsKeptCountsAndWhatIsDroppedDoesNot() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(process.inputReader().readLine()).isEqualTo("ready");

            Vitals vitals = JvmProbe.take("holder", process.toHandle(), EIGHT);

            assertThat(vitals.heapBytes()).isBetween((long) KEPT_BYTES, KEPT_BYTES * 3L / 2);
            assertThat(vitals.threads()).isBetween(3, 60);
            assertThat(vitals.openFiles()).isBetween(3L, 500L);
            assertThat(vitals.pid()).isEqualTo(process.pid());
        } finally {
            process.destroyForcibly();
        }
    }
}
