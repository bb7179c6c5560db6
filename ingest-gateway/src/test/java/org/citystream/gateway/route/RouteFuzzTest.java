package org.citystream.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citystream.gateway.decode.Message;
import org.citystream.service.config.ConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * Coverage-guided search for routes and filters without an answer. {@link RouteCorpusTest} goes over the kept ones;
 * {@code docs/security.md} has the command.
 */
class RouteFuzzTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

    /** Filters that mean one topic. */
    private static final Pattern ONE_TOPIC = Pattern.compile("[^$+#\\x00][^+#\\x00]{0,1023}", Pattern.DOTALL);

    @FuzzTest(maxDuration = "10m")
    void formatsFile(byte[] yaml) throws IOException {
        Path file = Files.createTempFile("formats", ".yaml");
        try {
            Files.write(file, yaml);
            check(file, "");
        } finally {
            Files.delete(file);
        }
    }

    @FuzzTest(maxDuration = "10m")
    void shortRoutes(byte[] list) throws IOException {
        check(null, new String(list, StandardCharsets.UTF_8));
    }

    /** Either problems, each told, or routes that take a message on any topic. */
    private static void check(@Nullable Path file, String list) {
        try {
            Routes routes = RouteReader.read(file, list);
            for (String filter : routes.filters()) {
                String topic = filter.replace('+', 'a').replace('#', 'a');
                assertThat(routes.decoder(topic).decode(new Message(topic, NOTHING, NOON)))
                        .isNotEmpty();
            }
        } catch (ConfigurationException e) {
            assertThat(e.problems()).isNotEmpty().doesNotContain("");
        }
    }

    /** A filter, a line break and a topic: matched as a regular expression made of the filter matches. */
    @FuzzTest(maxDuration = "10m")
    void topicFilter(byte[] bytes) {
        String[] both = new String(bytes, StandardCharsets.UTF_8).split("\n", 2);
        TopicFilter filter;
        try {
            filter = new TopicFilter(both[0]);
        } catch (IllegalArgumentException e) {
            return;
        }
        assertThat(filter.overlaps(filter)).isTrue();
        String topic = both.length > 1 ? both[1] : "";
        boolean expected = !topic.startsWith("$")
                && Pattern.compile(expression(filter.text()), Pattern.DOTALL)
                        .matcher("/" + topic)
                        .matches();
        assertThat(filter.matches(topic)).as("%s matches %s", filter, topic).isEqualTo(expected);
        if (ONE_TOPIC.matcher(topic).matches()) {
            assertThat(filter.overlaps(new TopicFilter(topic)))
                    .as("%s means %s", filter, topic)
                    .isEqualTo(expected);
        }
    }

    private static String expression(String filter) {
        return Stream.of(filter.split("/", -1))
                .map(level -> switch (level) {
                    case "+" -> "/[^/]*";
                    case "#" -> "(/.*)?";
                    default -> "/" + Pattern.quote(level);
                })
                .collect(Collectors.joining());
    }
}
