package org.citystream.stack.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.rejected.Corrections;
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
    private static final int SHOWN = 20;

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
            @Mixin KafkaChoice kafka) {
        RejectedLog.Found found = RejectedLog.find(kafka.settings(choice), which.selection(), limit);
        PrintWriter out = out();
        found.messages().forEach(message -> out.println(line(message)));
        out.println(summary(found.counts(), found.messages().size()));
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

    private static String summary(RejectedLog.Counts counts, int shown) {
        if (counts.selected() == 0) {
            return counts.others().isEmpty()
                    ? "no rejected messages"
                    : "none of these; there are others: " + counts(counts.others());
        }
        return counts.selected() + " rejected message(s): " + counts(counts.byReason())
                + (counts.selected() > shown ? "; shown: the newest " + shown : "");
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
                            converter = AtLeastOne.class,
                            description = "Shows so many at most (default: " + SHOWN + ", with --save all).")
                    @Nullable Integer limit,
            @Mixin KafkaChoice kafka) {
        KafkaSettings settings = kafka.settings(choice);
        PrintWriter out = out();
        Consumer<RejectedMessage> show = message -> {
            describe(message, hex, out);
            if (directory != null) {
                save(message, directory);
            }
        };
        RejectedLog.Counts counts;
        int shown;
        if (limit == null && directory != null) {
            counts = RejectedLog.forEach(settings, which.selection(), show);
            shown = counts.selected();
        } else {
            RejectedLog.Found found = RejectedLog.find(settings, which.selection(), limit == null ? SHOWN : limit);
            found.messages().forEach(show);
            counts = found.counts();
            shown = found.messages().size();
        }
        if (counts.selected() == 0) {
            throw new CityFailure(summary(counts, 0), "look at ./city rejected list");
        }
        out.println(summary(counts, shown));
        if (directory != null) {
            out.println(
                    "saved to " + directory + "; correct them there, then: rejected replay --corrected " + directory);
        }
        out.flush();
        return 0;
    }

    private static void save(RejectedMessage message, Path directory) {
        try {
            Files.createDirectories(directory);
            Files.write(directory.resolve(message.id().toString()), message.payload());
        } catch (IOException e) {
            throw new CityFailure(
                    "cannot write to " + directory + ": " + e, "name a directory of yours with --save", e);
        }
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
            @Mixin KafkaChoice kafka,
            @Mixin BrokerChoice broker) {
        Corrections corrections = directory == null ? Corrections.none() : Corrections.in(directory);
        Selection selection = selection(which, corrections);
        KafkaSettings settings = kafka.settings(choice);
        ReplayLog log = new ReplayLog(choice.dataDirectoryInUse().resolve("rejected-replays.jsonl"));
        Replay.Rules rules = new Replay.Rules(corrections, again ? Set.of() : log.replayed(), again);
        int sendings = countSendings(settings, selection, rules);
        int passedOver;
        if (dryRun || sendings == 0) {
            passedOver = each(settings, selection, rules, message -> {});
        } else {
            try (MqttPublisher publisher = new MqttPublisher(broker.access(choice), broker.clientId())) {
                Replay replay = new Replay(publisher, log, InstantSource.system(), System.getProperty("user.name"));
                passedOver = each(settings, selection, rules, message -> say(replay.send(message, corrections, to)));
            }
        }
        say(sendings + (dryRun ? " would be sent again, " : " sent again, ") + passedOver + " passed over");
        return 0;
    }

    /** How many there are to send; fails if a correction has no message. */
    private static int countSendings(KafkaSettings settings, Selection selection, Replay.Rules rules) {
        Set<MessageId> missing = new TreeSet<>(rules.corrections().ids());
        AtomicInteger sendings = new AtomicInteger();
        RejectedLog.forEach(settings, selection, message -> {
            missing.remove(message.id());
            sendings.addAndGet(rules.passesOver(message).isEmpty() ? 1 : 0);
        });
        if (!missing.isEmpty()) {
            throw new CityFailure(
                    "there are no rejected messages " + missing, "Kafka keeps them for 30 days; see rejected list");
        }
        return sendings.get();
    }

    /** Says of those that are passed over why, and counts them. */
    private int each(
            KafkaSettings settings, Selection selection, Replay.Rules rules, Consumer<RejectedMessage> sending) {
        AtomicInteger passedOver = new AtomicInteger();
        RejectedLog.forEach(settings, selection, message -> {
            Optional<String> why = rules.passesOver(message);
            if (why.isPresent()) {
                passedOver.incrementAndGet();
                say(message.id() + "  passed over: " + why.get());
            } else {
                sending.accept(message);
            }
        });
        return passedOver.get();
    }

    private void say(String line) {
        out().println(line);
        out().flush();
    }

    private Selection selection(RejectedSelection which, Corrections corrections) {
        Selection selection = which.selection();
        if (!corrections.ids().isEmpty()) {
            if (!selection.isEverything()) {
                throw new ParameterException(
                        command().commandLine(), "--corrected says which messages are meant; leave the others out");
            }
            return new Selection(corrections.ids(), null, null, null, null, null);
        }
        if (selection.isEverything()) {
            throw new ParameterException(
                    command().commandLine(), "say which: ids, --reason, --sensor, --topic, --since or --corrected");
        }
        return selection;
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
