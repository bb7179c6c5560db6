package org.citystream.service.config;

import java.util.List;
import java.util.Locale;

/**
 * Which environment variable an option is. Services that run alone use bare names; a command line that people run in shells
 * of their own prefixes what is its own, so that a {@code SPEED} or {@code FILE} that happens to be set means nothing.
 */
public final class EnvironmentNames {
    private static final EnvironmentNames BARE = new EnvironmentNames("", List.of());

    private final String prefix;
    private final List<String> shared;

    private EnvironmentNames(String prefix, List<String> shared) {
        this.prefix = prefix;
        this.shared = List.copyOf(shared);
    }

    /** {@code --http-port} is {@code HTTP_PORT}. */
    public static EnvironmentNames bare() {
        return BARE;
    }

    /**
     * {@code --speed} is {@code PREFIX_SPEED}.
     *
     * @param shared first words of options that keep their bare names, since other services have them too
     */
    public static EnvironmentNames prefixed(String prefix, List<String> shared) {
        return new EnvironmentNames(prefix + "_", shared);
    }

    /** The variable of an option that is named with its dashes. */
    public String variableOf(String option) {
        String name = option.replaceFirst("^--", "");
        boolean own = shared.stream().noneMatch(word -> name.startsWith(word + "-"));
        return (own ? prefix : "") + name.replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
