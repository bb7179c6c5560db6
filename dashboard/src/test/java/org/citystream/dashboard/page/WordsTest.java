package org.citystream.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever translates the page has one file to go through. */
class WordsTest {
    private static final Path WEB = Path.of("src", "main", "resources", "web");
    private static final Pattern WORDS =
            Pattern.compile("(\\btext|\\btitle|\\bplaceholder|\"aria-label\"): *[\"`][^\"`$]*\\p{L}{2,}");

    @Test
    void everyWordIsInOneFile() throws IOException {
        try (Stream<Path> files = Files.walk(WEB)) {
            List<String> elsewhere = files.filter(file -> file.toString().endsWith(".js"))
                    .filter(file -> !file.equals(WEB.resolve("text.js")))
                    .flatMap(file -> lines(file).filter(WORDS.asPredicate()).map(line -> file + ": " + line.strip()))
                    .toList();

            assertThat(elsewhere).isEmpty();
        }
        assertThat(lines(WEB.resolve("text.js"))).hasSizeGreaterThan(200);
        assertThat(WORDS.matcher("el(\"p\", { text: \"No data\" })").find()).isTrue();
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
