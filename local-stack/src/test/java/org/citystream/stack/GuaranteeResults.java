package org.citystream.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The last section of {@code docs/guarantees.md}: how the tests that it names ended last, made from their reports. */
final class GuaranteeResults {
    private static final String BEGIN = "<!-- results of tests, generated -->\n";
    private static final String HEAD =
            BEGIN + "| test | form | passed | failed | skipped | seconds | on |\n|---|---|---|---|---|---|---|\n";
    private static final Pattern NAMED = Pattern.compile("\\b([A-Z]\\w+(?:Test|IT|Contract))\\b");
    private static final int NAME = 1;
    private static final int FAILED = 4;
    private static final Pattern ROW = Pattern.compile("\\| ([A-Z]\\w+) \\|.*\\|");
    /** What makes a test longer than it is by default; those that a run was given stand in the row. */
    private static final List<String> FORMS = List.of(
            "proofs",
            "proof.alerts",
            "proof.kills",
            "proof.outageSeconds",
            "proof.samples",
            "gateway.kills",
            "gateway.stops",
            "citystream.arrival-cases",
            "citystream.topology-cases");

    private static final Pattern EXTENDS = Pattern.compile("class (\\w+) extends (\\w+)");

    private final Path checkout;
    private final Path page;
    private final String claims;
    private final Map<String, String> rows = new TreeMap<>();

    private GuaranteeResults(Path checkout) throws IOException {
        this.checkout = checkout;
        this.page = checkout.resolve("docs/guarantees.md");
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        this.claims = begin < 0 ? text : text.substring(0, begin);
        if (begin >= 0) {
            text.substring(begin)
                    .lines()
                    .map(ROW::matcher)
                    .filter(Matcher::matches)
                    .forEach(row -> rows.put(row.group(1), row.group()));
        }
    }

    /** As the page has them. */
    static GuaranteeResults of(Path checkout) throws IOException {
        return new GuaranteeResults(checkout);
    }

    /** Classes that the page's claims name, the implementations of a contract in its place. */
    Set<String> named() throws IOException {
        Set<String> named = new TreeSet<>();
        Map<String, List<String>> implementations = implementations();
        NAMED.matcher(claims)
                .results()
                .map(match -> match.group(1))
                .forEach(name -> named.addAll(implementations.getOrDefault(name, List.of(name))));
        return named;
    }

    /** Those with a result. */
    Set<String> told() {
        return rows.keySet();
    }

    /** Names of rows that tell of a failure of which the page above does not say {@code X failed when it was last run}. */
    List<String> untoldFailures() {
        return rows.values().stream()
                .map(row -> row.split(" *\\| *", -1))
                .filter(cells -> !cells[FAILED].equals("0"))
                .map(cells -> cells[NAME])
                .filter(name -> !claims.contains("`" + name + "` failed when it was last run"))
                .toList();
    }

    /**
     * Takes what the latest run of every named test left behind. One that skipped all of a test, or ran single methods of it,
     * does not replace another.
     */
    void refresh() throws IOException {
        Map<String, Path> reports = reports();
        Set<String> named = named();
        rows.keySet().retainAll(named);
        for (String name : named) {
            Path report = reports.get(name);
            if (report != null) {
                Result result = Result.of(report);
                if (result.isWhole() && result.ran() > 0 || !rows.containsKey(name)) {
                    rows.put(name, result.row(name));
                }
            }
        }
    }

    void write() throws IOException {
        Files.writeString(page, claims + HEAD + String.join("\n", rows.values()) + "\n");
    }

    private Map<String, List<String>> implementations() throws IOException {
        return files("src/test/java", ".java")
                .map(GuaranteeResults::text)
                .flatMap(source -> EXTENDS.matcher(source).results())
                .collect(Collectors.groupingBy(
                        match -> match.group(2), Collectors.mapping(match -> match.group(1), Collectors.toList())));
    }

    /** By the class's simple name; the newest of several. */
    private Map<String, Path> reports() throws IOException {
        Stream<Path> all =
                Stream.concat(files("target/surefire-reports", ".xml"), files("target/failsafe-reports", ".xml"));
        return all.filter(file -> file.getFileName().toString().startsWith("TEST-"))
                .collect(Collectors.toMap(
                        file -> file.getFileName().toString().replaceAll("^TEST-.*\\.(\\w+)\\.xml$", "$1"),
                        file -> file,
                        (a, b) -> a.toFile().lastModified() > b.toFile().lastModified() ? a : b));
    }

    private Stream<Path> files(String folder, String end) throws IOException {
        try (Stream<Path> modules = Files.list(checkout)) {
            return modules.map(module -> module.resolve(folder)).filter(Files::isDirectory).toList().stream()
                    .flatMap(directory -> below(directory).stream())
                    .filter(file -> file.toString().endsWith(end));
        }
    }

    private static List<Path> below(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
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

    /** Of one test class. */
    private record Result(
            int passed, int failed, int skipped, String seconds, LocalDate day, Map<String, String> properties) {
        static Result of(Path report) throws IOException {
            Element suite = suite(report);
            int failed = number(suite, "failures") + number(suite, "errors");
            int skipped = number(suite, "skipped");
            return new Result(
                    number(suite, "tests") - failed - skipped,
                    failed,
                    skipped,
                    suite.getAttribute("time").replaceAll("\\..*|,", ""),
                    Files.getLastModifiedTime(report)
                            .toInstant()
                            .atZone(ZoneOffset.UTC)
                            .toLocalDate(),
                    properties(suite));
        }

        private static Map<String, String> properties(Element suite) {
            Map<String, String> properties = new TreeMap<>();
            NodeList elements = suite.getElementsByTagName("property");
            for (int i = 0; i < elements.getLength(); i++) {
                Element property = (Element) elements.item(i);
                properties.put(property.getAttribute("name"), property.getAttribute("value"));
            }
            return properties;
        }

        /** Not single methods, as of {@code -Dtest=X#y}. */
        boolean isWhole() {
            return !properties.getOrDefault("test", "").contains("#")
                    && !properties.getOrDefault("it.test", "").contains("#");
        }

        private String form() {
            return FORMS.stream()
                    .filter(properties::containsKey)
                    .map(name -> name + "=" + properties.get(name))
                    .map(form -> form.replace("=true", ""))
                    .collect(Collectors.joining(", "));
        }

        int ran() {
            return passed + failed;
        }

        String row(String name) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %s | %d | %d | %d | %s | %s |",
                    name,
                    form(),
                    passed,
                    failed,
                    skipped,
                    seconds,
                    day);
        }
    }

    private static int number(Element suite, String attribute) {
        return Integer.parseInt(suite.getAttribute(attribute));
    }

    private static Element suite(Path report) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(report + " is no report", e);
        }
    }
}
