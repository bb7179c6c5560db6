package org.citystream.stack.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.citystream.stack.rejected.MessageId;
import org.citystream.stack.rejected.Selection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options that say which rejected messages are meant. */
final class RejectedSelection {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "Messages by the ids that 'list' prints.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--reason", paramLabel = "CODE", description = "Rejected for this reason, such as bad-time.")
    private @Nullable String reason;

    @Option(names = "--sensor", paramLabel = "ID", description = "Of this sensor, or its topic's last level.")
    private @Nullable String sensor;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Published on this MQTT topic.")
    private @Nullable String topic;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Arrived since: RFC 3339, or how long ago, such as PT2H.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Arrived before that.")
    private @Nullable String until;

    Selection selection() {
        Set<MessageId> wanted = new LinkedHashSet<>();
        for (String id : ids) {
            wanted.add(MessageId.parse(id)
                    .orElseThrow(() -> wrong("'" + id + "' is no id; they look like 0-1041, see rejected list")));
        }
        return new Selection(wanted, reason, sensor, topic, time("--since", since), time("--until", until));
    }

    private @Nullable Instant time(String option, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return text.startsWith("P")
                    ? InstantSource.system().instant().minus(Duration.parse(text))
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            throw wrong(option + " '" + text + "' is neither a time such as 2026-11-23T08:15:30Z nor a duration such"
                    + " as PT2H");
        }
    }

    private ParameterException wrong(String message) {
        if (spec == null) {
            throw new IllegalStateException("run through picocli");
        }
        return new ParameterException(spec.commandLine(), message);
    }
}
