package org.citystream.benchmarks.pipeline;

import java.nio.file.Path;
import org.citystream.embedded.KafkaServer;

/** Kafka in a process of its own, so that its CPU time counts for nobody. Lives until its standard input ends. */
public final class BrokerMain {
    private BrokerMain() {}

    public static void main(String[] args) throws Exception {
        KafkaServer server = KafkaServer.start(Path.of(args[0]), 0);
        System.out.println(server.bootstrapServers());
        while (System.in.read() >= 0) {
            // Nothing is ever said to it.
        }
        System.exit(0);
    }
}
