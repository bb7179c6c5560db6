package org.citystream.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;

/**
 * What one program's user may do in Kafka: a row of the table in {@code docs/security.md}.
 *
 * @param program as the first column has it
 * @param readable topics
 * @param writable topics
 * @param groups of consumers
 * @param others what the last column says
 */
public record DocumentedAcls(
        String program, Set<String> readable, Set<String> writable, Set<String> groups, List<Other> others) {
    private static final Path PAGE = Path.of("..", "docs", "security.md");
    private static final String HEADING = "## Kafka's users\n";
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");
    private static final String READINGS = "the readings topics";
    private static final Pattern OTHER = Pattern.compile(
            "((?:`\\w+`(?:, | and )?)+) on the (cluster|topic|transactional id)s?(?: `([^`]+)`( \\(prefixed\\))?)?");

    /** Operations on something that has this name, or on all whose names begin so. */
    public record Other(Set<AclOperation> operations, ResourceType type, String name, boolean prefixed) {
        /** Whether it is about something of that type and name. */
        boolean isAbout(ResourceType otherType, String otherName) {
            return type == otherType && (prefixed ? otherName.startsWith(name) : otherName.equals(name));
        }

        private ResourcePattern pattern() {
            return new ResourcePattern(type, name, prefixed ? PatternType.PREFIXED : PatternType.LITERAL);
        }
    }

    /** The table's rows. */
    public static List<DocumentedAcls> all() throws IOException {
        String page = Files.readString(PAGE);
        String section = page.substring(page.indexOf(HEADING) + HEADING.length());
        List<DocumentedAcls> rows = section.substring(0, section.indexOf("\n## "))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| program"))
                .map(DocumentedAcls::row)
                .toList();
        if (rows.isEmpty()) {
            throw new AssertionError(PAGE + " has no table of Kafka's users");
        }
        return rows;
    }

    /** The row of this program. */
    public static DocumentedAcls of(String program) throws IOException {
        return all().stream()
                .filter(row -> row.program().equals(program))
                .findFirst()
                .orElseThrow(() -> new AssertionError(PAGE + " has no row of " + program));
    }

    private static DocumentedAcls row(String line) {
        String[] cells = line.split("\\|", -1);
        return new DocumentedAcls(
                cells[1].strip(), topics(cells[2]), topics(cells[3]), names(cells[4]), others(cells[5].strip()));
    }

    /** Names that end with a dot are those of all topics that begin so. */
    private static Set<String> topics(String cell) {
        Set<String> topics = new TreeSet<>();
        if (cell.contains(READINGS)) {
            topics.add(Topics.READINGS_TRAFFIC.name());
            topics.add(Topics.READINGS_AIR.name());
        }
        for (String name : names(cell)) {
            if (name.endsWith(".")) {
                Topics.ALL.stream()
                        .map(Topic::name)
                        .filter(topic -> topic.startsWith(name))
                        .forEach(topics::add);
            } else {
                topics.add(name);
            }
        }
        return topics;
    }

    private static Set<String> names(String cell) {
        Set<String> names = new TreeSet<>();
        NAME.matcher(cell).results().map(match -> match.group(1)).forEach(names::add);
        return names;
    }

    private static List<Other> others(String cell) {
        return cell.isEmpty()
                ? List.of()
                : Stream.of(cell.split("; ", -1)).map(DocumentedAcls::other).toList();
    }

    private static Other other(String text) {
        MatchResult match = OTHER.matcher(text).results().findFirst().orElseThrow(() -> new AssertionError(text));
        Set<AclOperation> operations = new TreeSet<>();
        NAME.matcher(match.group(1)).results().forEach(name -> operations.add(operation(name.group(1))));
        ResourceType type = ResourceType.fromString(match.group(2).replace(' ', '_'));
        boolean cluster = type == ResourceType.CLUSTER;
        return new Other(operations, type, cluster ? Resource.CLUSTER_NAME : match.group(3), match.group(4) != null);
    }

    /** {@code AlterConfigs} is {@link AclOperation#ALTER_CONFIGS}. */
    private static AclOperation operation(String name) {
        return AclOperation.fromString(name.replaceAll("(?<=[a-z])(?=[A-Z])", "_"));
    }

    /** The program's name as that of a user. */
    public String user() {
        return program.replaceAll("[^A-Za-z-]+", "-").replaceAll("^-|-$", "");
    }

    /** Whether the last column allows that. */
    public boolean allows(AclOperation operation, ResourceType type, String name) {
        return others.stream()
                .anyMatch(
                        other -> other.isAbout(type, name) && other.operations().contains(operation));
    }

    /** Gives the row's ACLs to a user, and returns when the broker knows them. */
    public void grant(Admin admin, String user) throws ExecutionException, InterruptedException {
        Collection<AclBinding> bindings = bindings("User:" + user);
        admin.createAcls(bindings).all().get();
        Awaitility.await()
                .atMost(KafkaExtension.PATIENCE)
                .until(() ->
                        admin.describeAcls(AclBindingFilter.ANY).values().get().containsAll(bindings));
    }

    private List<AclBinding> bindings(String principal) {
        List<AclBinding> bindings = new ArrayList<>();
        readable.forEach(name -> bindings.add(literal(principal, AclOperation.READ, ResourceType.TOPIC, name)));
        writable.forEach(name -> bindings.add(literal(principal, AclOperation.WRITE, ResourceType.TOPIC, name)));
        groups.forEach(name -> bindings.add(literal(principal, AclOperation.READ, ResourceType.GROUP, name)));
        others.forEach(other ->
                other.operations().forEach(operation -> bindings.add(binding(principal, operation, other.pattern()))));
        return bindings;
    }

    private static AclBinding literal(String principal, AclOperation operation, ResourceType type, String name) {
        return binding(principal, operation, new ResourcePattern(type, name, PatternType.LITERAL));
    }

    private static AclBinding binding(String principal, AclOperation operation, ResourcePattern pattern) {
        return new AclBinding(pattern, new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
    }
}
