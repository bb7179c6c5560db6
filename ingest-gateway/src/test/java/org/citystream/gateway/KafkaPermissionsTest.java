package org.citystream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreatePartitionsOptions;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.citystream.embedded.KafkaServer;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;
import org.citystream.service.config.Configuration;
import org.citystream.service.config.ConfigurationException;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.service.kafka.TopicCatalogue;
import org.citystream.testsupport.CertificateAuthority;
import org.citystream.testsupport.DocumentedAcls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ACLs of docs/security.md on a Kafka that keeps to them: every user on every topic, group and transactional id, and at
 * what changes things for everybody.
 */
class KafkaPermissionsTest {
    private static final String ADMINISTRATOR = "administrator";
    private static final String STRANGER = "somebody-else";
    private static final String PASSWORD = "correct horse";
    private static final String TOPICS_JOB = "topics job, `./city topics apply`";
    private static final List<String> TOPICS =
            Topics.ALL.stream().map(Topic::name).toList();
    private static final List<String> TRANSACTIONS =
            List.of("citystream-traffic-job-city.events.v1-0", "citystream-city.rules.v1", STRANGER);

    @TempDir
    Path directory;

    /** What a user was found to be able to do. */
    private record Rights(
            Set<String> readable,
            Set<String> writable,
            Set<String> groups,
            Set<String> transactions,
            boolean newTopics,
            Set<String> changes) {
        static Rights documented(DocumentedAcls row) {
            return new Rights(
                    row.readable(),
                    row.writable(),
                    row.groups(),
                    TRANSACTIONS.stream()
                            .filter(id -> row.allows(AclOperation.WRITE, ResourceType.TRANSACTIONAL_ID, id))
                            .collect(Collectors.toSet()),
                    row.allows(AclOperation.CREATE, ResourceType.CLUSTER, Resource.CLUSTER_NAME),
                    CHANGES.stream()
                            .filter(change -> change.isDocumented(row))
                            .map(Change::name)
                            .collect(Collectors.toSet()));
        }
    }

    /** Something that changes what others depend on, with the right that it takes. */
    private record Change(String name, AclOperation operation, ResourceType type, Call call) {
        boolean isDocumented(DocumentedAcls row) {
            return switch (type) {
                case TOPIC -> row.allows(operation, type, topic(row));
                case GROUP -> row.allows(operation, type, group(row));
                default -> row.allows(operation, type, Resource.CLUSTER_NAME);
            };
        }
    }

    /** Asks for it, on a topic or a group. */
    @FunctionalInterface
    private interface Call {
        KafkaFuture<Void> with(Admin admin, String topic, String group);
    }

    private static final List<Change> CHANGES = List.of(
            new Change(
                    "delete records",
                    AclOperation.DELETE,
                    ResourceType.TOPIC,
                    (admin, topic, group) -> admin.deleteRecords(
                                    Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(0)))
                            .all()),
            new Change(
                    "delete topic",
                    AclOperation.DELETE,
                    ResourceType.TOPIC,
                    (admin, topic, group) -> admin.deleteTopics(List.of(topic)).all()),
            new Change(
                    "more partitions",
                    AclOperation.ALTER,
                    ResourceType.TOPIC,
                    (admin, topic, group) -> admin.createPartitions(
                                    Map.of(topic, NewPartitions.increaseTo(1000)),
                                    new CreatePartitionsOptions().validateOnly(true))
                            .all()),
            new Change(
                    "topic configuration",
                    AclOperation.ALTER_CONFIGS,
                    ResourceType.TOPIC,
                    (admin, topic, group) -> configure(admin, ConfigResource.Type.TOPIC, topic, "retention.ms", "1")),
            new Change(
                    "broker configuration",
                    AclOperation.ALTER_CONFIGS,
                    ResourceType.CLUSTER,
                    (admin, topic, group) ->
                            configure(admin, ConfigResource.Type.BROKER, "", "log.retention.ms", "1000")),
            new Change(
                    "ACL",
                    AclOperation.ALTER,
                    ResourceType.CLUSTER,
                    (admin, topic, group) -> admin.createAcls(List.of(new AclBinding(
                                    new ResourcePattern(ResourceType.TOPIC, "*", PatternType.LITERAL),
                                    new AccessControlEntry("User:*", "*", AclOperation.ALL, AclPermissionType.ALLOW))))
                            .all()),
            new Change(
                    "password",
                    AclOperation.ALTER,
                    ResourceType.CLUSTER,
                    (admin, topic, group) -> admin.alterUserScramCredentials(List.of(
                                    new UserScramCredentialDeletion(ADMINISTRATOR, ScramMechanism.SCRAM_SHA_512)))
                            .all()),
            new Change(
                    "delete group",
                    AclOperation.DELETE,
                    ResourceType.GROUP,
                    (admin, topic, group) ->
                            admin.deleteConsumerGroups(List.of(group)).all()));

    private static KafkaFuture<Void> configure(
            Admin admin, ConfigResource.Type type, String name, String setting, String value) {
        return admin.incrementalAlterConfigs(
                        Map.of(
                                new ConfigResource(type, name),
                                List.of(new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET))),
                        new AlterConfigsOptions().validateOnly(true))
                .all();
    }

    /** One that it has most to do with. */
    private static String topic(DocumentedAcls row) {
        return Stream.concat(row.writable().stream(), row.readable().stream())
                .findFirst()
                .orElse(TOPICS.get(0));
    }

    private static String group(DocumentedAcls row) {
        return row.groups().stream().findFirst().orElse(STRANGER);
    }

    @Test
    void everyUserMayDoWhatIsDocumentedAndNothingElse() throws Exception {
        List<DocumentedAcls> rows = DocumentedAcls.all();
        assertThat(rows).flatExtracting(DocumentedAcls::readable).isSubsetOf(TOPICS);
        assertThat(rows)
                .flatExtracting(DocumentedAcls::writable)
                .as("each topic has a writer")
                .containsAll(TOPICS)
                .isSubsetOf(TOPICS);
        CertificateAuthority authority = new CertificateAuthority(directory, "city");
        try (KafkaServer kafka = kafka(authority, rows)) {
            try (Admin admin =
                    Admin.create(settings(kafka, authority, ADMINISTRATOR).admin())) {
                for (DocumentedAcls row : rows) {
                    row.grant(admin, row.user());
                }
            }
            TopicCatalogue.apply(
                    settings(kafka, authority, DocumentedAcls.of(TOPICS_JOB).user()), 1);
            TopicCatalogue.apply(
                    settings(kafka, authority, DocumentedAcls.of(TOPICS_JOB).user()), 1);
            // Which also leaves a record in each topic, to be read.
            assertThat(writable(settings(kafka, authority, ADMINISTRATOR))).isEqualTo(Set.copyOf(TOPICS));
            Set<String> groups =
                    rows.stream().flatMap(row -> row.groups().stream()).collect(Collectors.toSet());
            groups.add(STRANGER);
            Map<String, Rights> documented = new TreeMap<>();
            Map<String, Rights> found = new TreeMap<>();
            for (DocumentedAcls row : rows) {
                documented.put(row.program(), Rights.documented(row));
                found.put(row.program(), rights(row, settings(kafka, authority, row.user()), groups));
            }
            assertThat(found).isEqualTo(documented);
        }
    }

    private KafkaServer kafka(CertificateAuthority authority, List<DocumentedAcls> rows) throws Exception {
        Path pem = authority.bundle(authority.issue("kafka"));
        Map<String, String> users = new TreeMap<>(Map.of(ADMINISTRATOR, PASSWORD));
        rows.forEach(row -> users.put(row.user(), PASSWORD));
        return KafkaServer.startWithAcls(directory.resolve("kafka"), 0, pem, users, ADMINISTRATOR);
    }

    private KafkaSettings settings(KafkaServer kafka, CertificateAuthority authority, String user) throws Exception {
        Path password = Files.writeString(directory.resolve("password"), PASSWORD);
        return settings(
                "--kafka-bootstrap-servers=" + kafka.bootstrapServers(),
                "--kafka-security-protocol=SASL_SSL",
                "--kafka-ca-file=" + authority.certificate(),
                "--kafka-user=" + user,
                "--kafka-password-file=" + password);
    }

    private static KafkaSettings settings(String... options) throws ConfigurationException {
        return Configuration.load(new KafkaSettings(), options, Map.of());
    }

    private static Rights rights(DocumentedAcls row, KafkaSettings user, Set<String> groups) throws Exception {
        Set<String> readable = readable(user);
        try (Admin admin = Admin.create(user.admin())) {
            String topic = readable.stream().findFirst().orElse(TOPICS.get(0));
            Set<String> committed = new TreeSet<>();
            for (String group : groups) {
                if (isAllowed(() -> admin.alterConsumerGroupOffsets(
                                group, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0)))
                        .all()
                        .get())) {
                    committed.add(group);
                }
            }
            boolean newTopics = isAllowed(() -> admin.createTopics(
                            List.of(new NewTopic("city.new.v1", 1, (short) 1)),
                            new CreateTopicsOptions().validateOnly(true))
                    .all()
                    .get());
            return new Rights(readable, writable(user), committed, transactions(admin), newTopics, changes(admin, row));
        }
    }

    private static Set<String> readable(KafkaSettings user) throws Exception {
        Set<String> readable = new TreeSet<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(user.consumer())) {
            for (String topic : TOPICS) {
                consumer.assign(List.of(new TopicPartition(topic, 0)));
                if (isAllowed(() -> read(consumer))) {
                    readable.add(topic);
                }
            }
        }
        return readable;
    }

    /** Every topic holds a record. */
    private static void read(KafkaConsumer<String, byte[]> consumer) {
        long deadline = System.nanoTime() + Probe.PATIENCE.toNanos();
        while (consumer.poll(Duration.ofMillis(100)).isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }

    private static Set<String> writable(KafkaSettings user) throws Exception {
        Map<String, Object> properties = user.producer();
        // What is asked is the right to write to one topic, not that to begin at all.
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        Set<String> writable = new TreeSet<>();
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(properties)) {
            for (String topic : TOPICS) {
                byte[] value = "{}".getBytes(StandardCharsets.UTF_8);
                if (isAllowed(() -> producer.send(new ProducerRecord<>(topic, 0, "key", value))
                        .get())) {
                    writable.add(topic);
                }
            }
        }
        return writable;
    }

    private static Set<String> transactions(Admin admin) throws Exception {
        Set<String> begun = new TreeSet<>();
        for (String id : TRANSACTIONS) {
            if (isAllowed(() -> admin.fenceProducers(List.of(id)).all().get())) {
                begun.add(id);
            }
        }
        return begun;
    }

    private static Set<String> changes(Admin admin, DocumentedAcls row) throws Exception {
        Set<String> allowed = new TreeSet<>();
        for (Change change : CHANGES) {
            if (isAllowed(
                    () -> change.call().with(admin, topic(row), group(row)).get())) {
                allowed.add(change.name());
            }
        }
        return allowed;
    }

    /** Something that a broker may refuse. */
    @FunctionalInterface
    private interface Attempt {
        void run() throws Exception;
    }

    private static boolean isAllowed(Attempt attempt) throws Exception {
        try {
            attempt.run();
            return true;
        } catch (AuthorizationException e) {
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return false;
            }
            throw e;
        }
    }
}
