package org.citystream.service.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Fills a class of picocli options. A setting {@code --kafka-bootstrap-servers} is also the environment variable
 * {@code KAFKA_BOOTSTRAP_SERVERS} and the key {@code kafka-bootstrap-servers} of the properties file that
 * {@code CONFIG_FILE} names. The command line wins over the environment, the environment over the file.
 */
public final class Configuration {
    /** Environment variable that names an optional properties file. */
    public static final String FILE_VARIABLE = "CONFIG_FILE";

    private Configuration() {}

    /**
     * Fills {@code config} in place.
     *
     * @return {@code config}
     * @throws ConfigurationException with every unknown key, missing or malformed value
     */
    public static <C> C load(C config, String[] arguments, Map<String, String> environment)
            throws ConfigurationException {
        return load(config, arguments, EnvironmentNames.bare(), environment);
    }

    /** As {@link #load(Object, String[], Map)}, with other names for the environment variables. */
    public static <C> C load(C config, String[] arguments, EnvironmentNames names, Map<String, String> environment)
            throws ConfigurationException {
        CommandLine commandLine = new CommandLine(config);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.getCommandSpec().parser().collectErrors(true);
        List<String> problems = new ArrayList<>();
        Map<String, String> settings = new TreeMap<>();
        settings.putAll(fromFile(commandLine, environment, problems));
        settings.putAll(fromEnvironment(commandLine, names, environment));

        List<String> given = new ArrayList<>();
        settings.forEach((option, value) -> {
            if (!namesOption(arguments, option)) {
                given.add(option + "=" + value);
            }
        });
        given.addAll(Arrays.asList(arguments));

        CommandLine.ParseResult result = commandLine.parseArgs(given.toArray(String[]::new));
        for (Exception error : result.errors()) {
            if (!(error instanceof CommandLine.UnmatchedArgumentException)) {
                problems.add(String.valueOf(error.getMessage()));
            }
        }
        result.unmatched()
                .forEach(argument ->
                        problems.add("unknown setting '" + argument + "'" + nearest(argument, names(commandLine))));
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return config;
    }

    private static boolean namesOption(String[] arguments, String option) {
        return Arrays.stream(arguments).anyMatch(a -> a.equals(option) || a.startsWith(option + "="));
    }

    private static Map<String, String> fromEnvironment(
            CommandLine commandLine, EnvironmentNames names, Map<String, String> environment) {
        Map<String, String> settings = new TreeMap<>();
        for (String option : names(commandLine)) {
            String value = environment.get(names.variableOf(option));
            if (value != null && !value.isEmpty()) {
                settings.put(option, value);
            }
        }
        return settings;
    }

    private static Map<String, String> fromFile(
            CommandLine commandLine, Map<String, String> environment, List<String> problems) {
        Map<String, String> settings = new TreeMap<>();
        String file = environment.get(FILE_VARIABLE);
        if (file == null || file.isEmpty()) {
            return settings;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            problems.add("cannot read " + FILE_VARIABLE + " '" + file + "': " + e
                    + "; name a readable properties file or unset " + FILE_VARIABLE);
            return settings;
        }
        List<String> known = names(commandLine);
        for (String key : properties.stringPropertyNames()) {
            String option = "--" + key;
            if (known.contains(option)) {
                settings.put(option, properties.getProperty(key));
            } else {
                problems.add("unknown key '" + key + "' in " + file + nearest(option, known));
            }
        }
        return settings;
    }

    private static List<String> names(CommandLine commandLine) {
        return commandLine.getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .toList();
    }

    private static String nearest(String unknown, List<String> known) {
        String name = unknown.replaceFirst("=.*", "");
        return known.stream()
                .min((a, b) -> Integer.compare(distance(name, a), distance(name, b)))
                .filter(option -> distance(name, option) <= Math.max(3, name.length() / 3))
                .map(option -> "; did you mean '" + option.replaceFirst("^--", "") + "'?")
                .orElse("");
    }

    /** Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
