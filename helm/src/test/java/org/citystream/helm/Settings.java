package org.citystream.helm;

import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;
import org.citystream.service.config.EnvironmentNames;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The services' typed configuration, as the services have it.
 *
 * @param program the service or command
 * @param type class of its picocli options
 * @param variables how its options are spelt as environment variables
 */
record Settings(String program, String type, EnvironmentNames variables) {
    static final List<Settings> ALL = List.of(
            new Settings("gateway", "org.citystream.gateway.GatewayConfig", EnvironmentNames.bare()),
            new Settings("alerting", "org.citystream.alerting.AlertingConfig", EnvironmentNames.bare()),
            new Settings("dashboard", "org.citystream.dashboard.DashboardConfig", EnvironmentNames.bare()),
            new Settings(
                    "simulator",
                    "org.citystream.simulator.SimulateConfig",
                    EnvironmentNames.prefixed("SIMULATOR", List.of("mqtt", "kafka", "http", "clock"))),
            new Settings("topics", "org.citystream.service.kafka.TopicsMain$TopicsConfig", EnvironmentNames.bare()));

    static Settings of(String program) {
        return ALL.stream()
                .filter(settings -> settings.program.equals(program))
                .findFirst()
                .orElseThrow();
    }

    /** A new, unfilled configuration. */
    Object empty() {
        try {
            Constructor<?> constructor = Class.forName(type).getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Its options in the order they are written down. */
    List<OptionSpec> options() {
        return new CommandLine(empty()).getCommandSpec().options();
    }

    /** Its keys in a file, which are also the chart's. */
    List<String> keys() {
        return options().stream().map(Settings::key).toList();
    }

    static String key(OptionSpec option) {
        return option.longestName().replaceFirst("^--", "");
    }

    /** Fills a configuration as the service does. */
    Object load(Map<String, String> environment) throws Exception {
        return org.citystream.service.config.Configuration.load(empty(), new String[0], variables, environment);
    }
}
