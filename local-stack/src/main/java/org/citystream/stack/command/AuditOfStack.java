package org.citystream.stack.command;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.citystream.embedded.QuestDbServer;
import org.citystream.stack.layout.DataDirectory;
import org.citystream.stack.layout.Ports;

/** Options of the audit that say where a stack has what, unless the user says otherwise. */
final class AuditOfStack {
    static final String KAFKA = "--kafka-bootstrap-servers";

    private static final String ORDERED = "--ordered";

    private AuditOfStack() {}

    /** @param named whether the user names an option */
    static List<String> options(DataDirectory data, Ports ports, Predicate<String> named) {
        List<String> options = new ArrayList<>(List.of(KAFKA, ports.kafkaBootstrap()));
        if (!named.test(ORDERED)) {
            // There is one gateway, which shares with nobody.
            options.add(ORDERED);
        }
        if (!named.test("--ledger") && Files.isDirectory(data.ledger())) {
            options.addAll(List.of("--ledger", data.ledger().toString()));
        }
        // The stack's token is not for services elsewhere.
        if (!named.test("--alerting-url")) {
            options.addAll(List.of("--alerting-url", ports.alertingUrl()));
            if (!named.test("--alerting-token-file")) {
                options.addAll(
                        List.of("--alerting-token-file", data.adminTokenFile().toString()));
            }
        }
        if (!named.test("--questdb-url") && !named.test("--influxdb-url")) {
            options.addAll(List.of("--questdb-url", ports.questDbUrl(), "--questdb-user", QuestDbServer.USER));
            options.addAll(List.of(
                    "--questdb-password-file", data.questDbPasswordFile().toString()));
        }
        return options;
    }
}
