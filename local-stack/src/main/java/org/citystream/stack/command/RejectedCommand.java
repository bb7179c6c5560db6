package org.citystream.stack.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citystream.service.kafka.BrokerAddresses;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.rejected.Escaped;
import org.citystream.stack.rejected.MessageId;
import org.citystream.stack.rejected.MqttPublisher;
import org.citystream.stack.rejected.RejectedLog;
import org.citystream.stack.rejected.RejectedMessage;
import org.citystream.stack.rejected.Replay;
import org.citystream.stack.rejected.ReplayLog;
import org.citystream.stack.rejected.Selection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./city rejected}. */
@Command(
        name = "rejected",
        mixinStandardHelpOptions = true,
        description = "Messages the gateway could not take: list, show, replay.")
public final class RejectedCommand implements Runnable {
    private static final int SHOWN_DETAIL = 100;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                command().commandLine(), "say what to do: rejected list, rejected show or rejected replay");
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists rejected messages, the newest last, and counts them by reason.")
    int list(
            @Mixin StackChoice choice,
            @Mixin RejectedSelection which,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            converter = AtLeastOne.class,
                            description = "Lists so many at most (default: ${DEFAULT-VALUE}).")
                    int limit,
            @Option(
                            names = "--kafka",
                            converter = BrokerAddresses.class,
                            paramLabel = "HOST:PORT,...",
                            description = "Another cluster than the local stack's.")
                    @Nullable String kafka) {
        RejectedLog.Found found = find(choice, kafka, which.selection(), limit);
        PrintWriter out = out();
        found.messages().forEach(message -> out.println(line(message)));
        out.println(summary(found));
        out.flush();
        return 0;
    }

    private static String line(RejectedMessage message) {
        return String.format(
                Locale.ROOT,
                "%-10s %-24s %-17s %s  %s%s",
                message.id(),
                message.receivedAt(),
                Escaped.line(message.reason()),
                Escaped.line(message.mqttTopic()),
                Escaped.line(message.detail(), SHOWN_DETAIL),
                message.replayOf() == null ? "" : "  (replay of " + Escaped.line(message.replayOf()) + ")");
    }

    private static String summary(RejectedLog.Found found) {
        if (found.count() == 0) {
            return found.others().isEmpty()
                    ? "no rejected messages"
                    : "none of these; there are others: " + counts(found.others());
        }
        return found.count() + " rejected message(s): " + counts(found.countByReason())
                + (found.count() > found.messages().size()
                        ? "; shown: the newest " + found.messages().size()
                        : "");
    }

    private static String counts(Map<String, Integer> byReason) {
        return byReason.entrySet().stream()
                .map(entry -> Escaped.line(entry.getKey()) + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows messages with all that is known of them, and their bytes as text or in hexadecimal.")
    int show(
            @Mixin StackChoice choice,
            @Mixin RejectedSelection which,
            @Option(names = "--hex", description = "Bytes in hexadecimal, also where they are text.") boolean hex,
            @Option(
                            names = "--save",
                            paramLabel = "DIR",
                            description = "Writes each message's bytes to DIR/ID, to be corrected and replayed.")
                    @Nullable Path directory,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "20",
                            converter = AtLeastOne.class,
                            description = "Shows so many at most (default: ${DEFAULT-VALUE}).")
                    int limit,
            @Option(
                            names = "--kafka",
                            converter = BrokerAddresses.class,
                            paramLabel = "HOST:PORT,...",
                            description = "Another cluster than the local stack's.")
                    @Nullable String kafka)
            throws IOException {
        RejectedLog.Found found = find(choice, kafka, which.selection(), limit);
        if (found.count() == 0) {
            throw new CityFailure(summary(found), "look at ./city rejected list");
        }
        PrintWriter out = out();
        for (RejectedMessage message : found.messages()) {
            describe(message, hex, out);
            if (directory != null) {
                Files.createDirectories(directory);
                Files.write(directory.resolve(message.id().toString()), message.payload());
            }
        }
        out.println(summary(found));
        if (directory != null) {
            out.println(
                    "saved to " + directory + "; correct them there, then: rejected replay --corrected " + directory);
        }
        out.flush();
        return 0;
    }

    private static void describe(RejectedMessage message, boolean hex, PrintWriter out) {
        out.println("id          " + message.id());
        out.println("received    " + message.receivedAt());
        out.println("reason      " + Escaped.line(message.reason()));
        out.println("detail      " + Escaped.line(message.detail()));
        out.println("topic       " + Escaped.line(message.mqttTopic()));
        out.println("decoder     " + Escaped.line(message.decoder()));
        out.println("sensor      " + (message.sensorId() == null ? "-" : Escaped.line(message.sensorId())));
        out.println("observed    " + (message.observedAt() == null ? "-" : message.observedAt()));
        if (message.replayOf() != null) {
            out.println("replay of   " + Escaped.line(message.replayOf()));
        }
        out.println("bytes       " + message.payload().length
                + (message.isWhole()
                        ? ""
                        : ", the beginning of " + Escaped.line(String.valueOf(message.originalBytes()))));
        Optional<String> text = hex ? Optional.empty() : Escaped.text(message.payload());
        out.println(text.orElseGet(() -> Escaped.hex(message.payload())));
        out.println();
    }

    @Command(
            name = "replay",
            mixinStandardHelpOptions = true,
            description = {
                "Sends messages again to their MQTT topics, as they were or corrected.",
                "What was sent before, and what is itself a replay, is passed over. Each is noted in"
                        + " rejected-replays.jsonl of the data directory."
            })
    int replay(
            @Mixin StackChoice choice,
            @Mixin RejectedSelection which,
            @Option(
                            names = "--corrected",
                            paramLabel = "DIR",
                            description = "Sends the files of DIR, each named by the id of the message it corrects.")
                    @Nullable Path directory,
            @Option(
                            names = "--to",
                            paramLabel = "TOPIC",
                            description = "Sends to this topic, instead of each message's own.")
                    @Nullable String to,
            @Option(names = "--again", description = "Sends also what was sent before, and replays.") boolean again,
            @Option(names = "--dry-run", description = "Says what would be sent.") boolean dryRun,
            @Option(
                            names = "--kafka",
                            converter = BrokerAddresses.class,
                            paramLabel = "HOST:PORT,...",
                            description = "Another cluster than the local stack's.")
                    @Nullable String kafka,
            @Option(names = "--mqtt", paramLabel = "URL", description = "Another broker than the local stack's.")
                    @Nullable String mqtt,
            @Option(names = "--mqtt-user", paramLabel = "USER") @Nullable String user,
            @Option(names = "--mqtt-password-file", paramLabel = "FILE") @Nullable Path passwordFile)
            throws IOException {
        Map<MessageId, byte[]> corrections = directory == null ? Map.of() : corrections(directory);
        Selection selection = selection(which, corrections);
        List<RejectedMessage> messages =
                find(choice, kafka, selection, Integer.MAX_VALUE).messages();
        assertAllFound(corrections.keySet(), messages);
        ReplayLog log = new ReplayLog(choice.dataDirectoryInUse().resolve("rejected-replays.jsonl"));
        Replay.Plan plan = Replay.plan(messages, corrections, again ? Set.of() : log.replayed(), again);
        PrintWriter out = out();
        plan.passedOver().forEach((id, why) -> out.println(id + "  passed over: " + why));
        if (!dryRun && !plan.sendings().isEmpty()) {
            String url = mqtt == null ? choice.running().state().ports().mqttUrl() : mqtt;
            try (MqttPublisher publisher = new MqttPublisher(url, user, password(passwordFile))) {
                new Replay(publisher, log, InstantSource.system(), System.getProperty("user.name"))
                        .send(plan.sendings(), to, line -> {
                            out.println(line);
                            out.flush();
                        });
            }
        }
        out.println(plan.sendings().size() + (dryRun ? " would be sent again, " : " sent again, ")
                + plan.passedOver().size() + " passed over");
        out.flush();
        return 0;
    }

    private Selection selection(RejectedSelection which, Map<MessageId, byte[]> corrections) {
        Selection selection = which.selection();
        if (!corrections.isEmpty()) {
            if (!selection.isEverything()) {
                throw new ParameterException(
                        command().commandLine(), "--corrected says which messages are meant; leave the others out");
            }
            return new Selection(corrections.keySet(), null, null, null, null, null);
        }
        if (selection.isEverything()) {
            throw new ParameterException(
                    command().commandLine(), "say which: ids, --reason, --sensor, --topic, --since or --corrected");
        }
        return selection;
    }

    private static Map<MessageId, byte[]> corrections(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new CityFailure(directory + " is no directory", "make one with: rejected show --save " + directory);
        }
        Map<MessageId, byte[]> corrections = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                MessageId id = MessageId.parse(file.getFileName().toString())
                        .orElseThrow(() -> new CityFailure(
                                file + " is not named by the id of a message", "name it as 'rejected list' does"));
                corrections.put(id, Files.readAllBytes(file));
            }
        }
        if (corrections.isEmpty()) {
            throw new CityFailure(directory + " is empty", "fill it with: rejected show --save " + directory);
        }
        return corrections;
    }

    private static void assertAllFound(Set<MessageId> wanted, List<RejectedMessage> messages) {
        Set<MessageId> found = messages.stream().map(RejectedMessage::id).collect(Collectors.toSet());
        List<MessageId> missing =
                wanted.stream().filter(id -> !found.contains(id)).toList();
        if (!missing.isEmpty()) {
            throw new CityFailure(
                    "there are no rejected messages " + missing, "Kafka keeps them for 30 days; see rejected list");
        }
    }

    private static @Nullable String password(@Nullable Path file) throws IOException {
        return file == null ? null : Files.readString(file).strip();
    }

    private static RejectedLog.Found find(StackChoice choice, @Nullable String kafka, Selection selection, int limit) {
        String servers = kafka == null ? choice.running().state().ports().kafkaBootstrap() : kafka;
        return RejectedLog.find(new KafkaSettings(servers), selection, limit);
    }

    private PrintWriter out() {
        return command().commandLine().getOut();
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("run through picocli");
        }
        return spec;
    }
}
