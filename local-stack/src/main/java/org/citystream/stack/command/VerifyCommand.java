package org.citystream.stack.command;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.citystream.embedded.QuestDbServer;
import org.citystream.stack.layout.Checkout;
import org.citystream.stack.layout.DataDirectory;
import org.citystream.stack.layout.Ports;
import org.citystream.stack.process.ForegroundProgram;
import org.citystream.stack.state.RunningStacks.Running;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

/**
 * {@code ./city verify}: the audit, of a running stack with everything it has, or, where Kafka is named, of a deployment
 * of the user's own with what is named.
 */
@Command(name = "verify", description = "Loss and duplicate audit of a running stack or a deployment: verify --help.")
public final class VerifyCommand implements Callable<Integer> {
    /** Ten million messages fit into 1.2 GB; less is taken for less. */
    private static final int HEAP_MB = 1536;

    private static final String KAFKA = "--kafka-bootstrap-servers";

    @Mixin
    private StackChoice choice = new StackChoice();

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(arguments);
        if (!names("--help") && !names("-h") && !names(KAFKA)) {
            all.addAll(ofStack(choice.running()));
        }
        return ForegroundProgram.run(
                Checkout.current().classPath("audit"), "org.citystream.audit.AuditMain", HEAP_MB, all);
    }

    private List<String> ofStack(Running stack) {
        Ports ports = stack.state().ports();
        DataDirectory data = stack.data();
        List<String> options = new ArrayList<>(List.of(KAFKA, ports.kafkaBootstrap()));
        if (!names("--ledger") && Files.isDirectory(data.ledger())) {
            options.addAll(List.of("--ledger", data.ledger().toString()));
        }
        if (!names("--alerting-url")) {
            options.addAll(List.of("--alerting-url", ports.alertingUrl()));
        }
        if (!names("--questdb-url") && !names("--influxdb-url")) {
            options.addAll(List.of("--questdb-url", ports.questDbUrl(), "--questdb-user", QuestDbServer.USER));
            options.addAll(List.of(
                    "--questdb-password-file", data.questDbPasswordFile().toString()));
        }
        return options;
    }

    private boolean names(String option) {
        return arguments.stream().anyMatch(a -> a.equals(option) || a.startsWith(option + "="));
    }
}
