package org.citystream.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * Every block of commands in the documents: its {@code ./city} lines are ones that the command takes, and whatever else is in it
 * says above it what runs it (the name of a test's block), or what it needs that no test has.
 */
class DocumentedCommandsTest {
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- ([^>]*) -->\n)?```(?:bash|sh|shell)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");
    private static final CommandLine CITY = CityMain.commandLine();
    private static final Set<String> OF_THE_SCRIPT = Set.of("build", "test");

    /** What no test has. Whatever else stands above a block is its name, by which a test reads it. */
    private static final Set<String> NEEDS = Set.of(
            "needs a cluster",
            "needs a registry",
            "needs a Flink cluster",
            "needs a QuestDB of your own",
            "needs Grafana",
            "needs InfluxDB 2",
            "needs the running stack");

    private static final Pattern TEST_NAME = Pattern.compile("[A-Z]\\w*(?:Test|IT|Contract)");

    /** A block of commands. */
    private record Block(String page, String mark, String text) {
        List<String> lines() {
            return text.replaceAll("\\\\\n\\s*", " ")
                    .lines()
                    .map(line -> line.replaceFirst("(^|\\s)#\\s.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        }

        @Override
        public String toString() {
            return page + ": " + text.lines().findFirst().orElse("");
        }
    }

    static List<Block> blocks() throws IOException {
        List<Block> blocks = new ArrayList<>();
        for (Path page : pages()) {
            Matcher block = BLOCK.matcher(Files.readString(page));
            while (block.find()) {
                String mark = block.group(1);
                blocks.add(new Block(CHECKOUT.relativize(page).toString(), mark == null ? "" : mark, block.group(2)));
            }
        }
        return blocks;
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(
                CHECKOUT.resolve("README.md"),
                CHECKOUT.resolve("CONTRIBUTING.md"),
                CHECKOUT.resolve("helm/citystream/README.md")));
        try (Stream<Path> docs = Files.walk(CHECKOUT.resolve("docs"))) {
            docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void theCityCommandTakesWhatThePagesType(Block block) {
        block.lines().stream()
                .filter(line -> line.startsWith("./city "))
                .forEach(line -> assertThatCode(() -> parse(line)).as(line).doesNotThrowAnyException());
    }

    private static void parse(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line.substring("./city ".length()));
        while (word.find()) {
            words.add(word.group().replaceAll("[\"']", ""));
        }
        if (!OF_THE_SCRIPT.contains(words.get(0))) {
            CITY.parseArgs(words.toArray(String[]::new));
        }
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void whateverElseIsTypedSaysWhoRunsIt(Block block) {
        boolean ofOurBuild = block.lines().stream()
                .allMatch(line -> line.matches("(./city|(\\w+=\\w+ )?mvn|java -(jar|cp) benchmarks/).*"));

        assertThat(ofOurBuild || !block.mark().isEmpty())
                .as("a mark above %s", block)
                .isTrue();
    }

    @Test
    void aMarkIsANeedOrTheNameByWhichATestReadsTheBlock() throws IOException {
        List<String> names = blocks().stream()
                .map(Block::mark)
                .filter(mark -> !mark.isEmpty() && !NEEDS.contains(mark))
                .distinct()
                .toList();
        // This class and its own words read nothing.
        String tests = testsOfTheCheckout().entrySet().stream()
                .filter(test -> !test.getKey().equals("DocumentedCommandsTest"))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining());

        assertThat(names).hasSizeGreaterThan(5);
        assertThat(names.stream()
                        .filter(name ->
                                !tests.contains("\"" + name + "\"") && !tests.contains("<!-- " + name + " -->")))
                .as("blocks that no test reads")
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void theTestsThatAMavenCommandNamesAreThere(Block block) throws IOException {
        Set<String> tests = testsOfTheCheckout().keySet();
        for (String line : block.lines()) {
            Matcher chosen = Pattern.compile("-D(?:it\\.)?test=([^\\s]+)").matcher(line);
            while (line.contains("mvn ") && chosen.find()) {
                TEST_NAME
                        .matcher(chosen.group(1))
                        .results()
                        .map(MatchResult::group)
                        .forEach(name -> assertThat(tests).as(line).contains(name));
            }
        }
    }

    static List<Path> pagesThatNameTests() throws IOException {
        return pages();
    }

    @ParameterizedTest
    @MethodSource("pagesThatNameTests")
    void everyTestThatAPageNamesIsThere(Path page) throws IOException {
        Map<String, String> tests = testsOfTheCheckout();
        Matcher named = Pattern.compile("\\b(" + TEST_NAME.pattern() + ")\\b(?:#(\\w+))?")
                .matcher(Files.readString(page));
        while (named.find()) {
            assertThat(tests).containsKey(named.group(1));
            if (named.group(2) != null) {
                assertThat(tests.get(named.group(1))).as(named.group()).contains("void " + named.group(2) + "(");
            }
        }
    }

    /** Their texts, by name; of one name several together. */
    private static Map<String, String> testsOfTheCheckout() throws IOException {
        try (Stream<Path> modules = Files.list(CHECKOUT)) {
            return modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(folder -> javaFilesOf(folder).stream())
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            DocumentedCommandsTest::text,
                            String::concat));
        }
    }

    private static List<Path> javaFilesOf(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        for (Path page : pages()) {
            Matcher link = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)").matcher(Files.readString(page));
            while (link.find()) {
                if (!link.group(1).contains("://")) {
                    assertThat(page.resolveSibling(link.group(1)))
                            .as("%s links to %s", page, link.group(1))
                            .exists();
                }
            }
        }
    }
}
