package org.citystream.helm;

import java.util.Map;
import java.util.TreeMap;
import org.citystream.service.config.EnvironmentNames;
import picocli.CommandLine.Model.OptionSpec;

/** {@code docs/configuration.md}, made from the services' options. */
final class ConfigurationReference {
    private static final Map<String, String> INTRODUCTIONS = new TreeMap<>(Map.of(
            "gateway", "MQTT in, Kafka out: [gateway.md](gateway.md), [security.md](security.md).",
            "alerting", "Alerts and webhooks: [alerting.md](alerting.md), [webhooks.md](webhooks.md).",
            "dashboard", "Map, charts and the API behind them.",
            "simulator", "`simulate`, a made-up city: [simulator.md](simulator.md).",
            "topics",
                    "`org.citystream.service.kafka.TopicsMain`, in the image of every service: makes Kafka's topics what the"
                            + " catalogue says, and ends."));

    private ConfigurationReference() {}

    static String text() {
        StringBuilder text = new StringBuilder();
        text.append("""
                # Configuration reference

                Made from the services' code; `ReferenceTest` holds it. Every setting is an option of the command line
                (`--http-port 8091`), an environment variable (`HTTP_PORT=8091`), and a key of the properties file that
                `CONFIG_FILE` names (`http-port=8091`), which is also its key in the chart (`gateway.config`). The command line wins
                over the environment, the environment over the file. An unknown key in the file is refused, with the nearest known
                one, and all problems are told at once. Secrets come in files; times are ISO 8601 durations (`PT30S`).

                All services also take `LOG_FORMAT` (`plain` or `json`) and `LOG_LEVEL` (`INFO`), and answer `/health/live`,
                `/health/ready` (503 with reasons) and `/metrics` on their HTTP port.
                """);
        for (Settings settings : Settings.ALL) {
            text.append("\n## ").append(settings.program()).append("\n\n");
            text.append(INTRODUCTIONS.get(settings.program())).append("\n\n");
            text.append("| key | variable | default | what |\n|---|---|---|---|\n");
            for (OptionSpec option : settings.options()) {
                text.append(row(settings, option));
            }
        }
        return text.toString();
    }

    private static String row(Settings settings, OptionSpec option) {
        return "| `" + Settings.key(option) + "` | `" + variable(settings, option) + "` | " + defaultOf(option) + " | "
                + description(option) + " |\n";
    }

    private static String variable(Settings settings, OptionSpec option) {
        EnvironmentNames names = settings.variables();
        return names.variableOf(option.longestName());
    }

    private static String defaultOf(OptionSpec option) {
        String value = option.defaultValue();
        return value == null || value.isEmpty() ? "" : "`" + value + "`";
    }

    private static String description(OptionSpec option) {
        return String.join(" ", option.description())
                // It has a column of its own.
                .replace(" (default: " + option.defaultValue() + ")", "")
                .replace("|", "\\|");
    }
}
