package org.citystream.benchmarks.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.citystream.benchmarks.harness.Fork;

/** A Kafka in another process. */
public final class Broker implements AutoCloseable {
    private static final int HEAP_MB = 768;

    private final Process process;
    private final String bootstrapServers;

    private Broker(Process process, String bootstrapServers) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
    }

    /** Starts and returns when it accepts connections. */
    public static Broker start(Path dataDir) throws IOException {
        Process process =
                Fork.java(HEAP_MB, BrokerMain.class, dataDir.toString()).start();
        String address = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (address == null) {
            throw new IOException("Kafka did not start");
        }
        return new Broker(process, address);
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
