package org.citystream.service.kafka;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;

/** Makes a Kafka cluster's topics what the catalogue says: missing ones are created, retention and compaction set. */
public final class TopicCatalogue {
    private TopicCatalogue() {}

    /**
     * Applies it.
     *
     * @return one line for people on each topic
     */
    public static List<String> apply(KafkaSettings kafka, int replicationFactor)
            throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(kafka.admin())) {
            Set<String> existing = admin.listTopics().names().get();
            List<Topic> missing = Topics.ALL.stream()
                    .filter(topic -> !existing.contains(topic.name()))
                    .toList();
            create(admin, missing, (short) replicationFactor);
            List<Topic> present = Topics.ALL.stream()
                    .filter(topic -> existing.contains(topic.name()))
                    .toList();
            configure(admin, present);
            return report(admin, missing, present);
        }
    }

    private static void create(Admin admin, List<Topic> topics, short replicationFactor)
            throws ExecutionException, InterruptedException {
        admin.createTopics(topics.stream()
                        .map(topic -> new NewTopic(topic.name(), topic.partitions(), replicationFactor)
                                .configs(topic.configuration()))
                        .toList())
                .all()
                .get();
    }

    private static void configure(Admin admin, List<Topic> topics) throws ExecutionException, InterruptedException {
        Map<ConfigResource, java.util.Collection<AlterConfigOp>> changes = new LinkedHashMap<>();
        for (Topic topic : topics) {
            List<AlterConfigOp> operations = new ArrayList<>();
            topic.configuration()
                    .forEach((key, value) ->
                            operations.add(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET)));
            changes.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), operations);
        }
        if (!changes.isEmpty()) {
            admin.incrementalAlterConfigs(changes).all().get();
        }
    }

    private static List<String> report(Admin admin, List<Topic> created, List<Topic> present)
            throws ExecutionException, InterruptedException {
        List<String> lines = new ArrayList<>();
        created.forEach(topic -> lines.add(topic + "  created, " + topic.partitions() + " partitions"));
        Map<String, TopicDescription> descriptions = admin.describeTopics(
                        present.stream().map(Topic::name).toList())
                .allTopicNames()
                .get();
        for (Topic topic : present) {
            TopicDescription description = descriptions.get(topic.name());
            int partitions = description == null ? 0 : description.partitions().size();
            String warning = partitions == topic.partitions()
                    ? ""
                    : "; the catalogue says " + topic.partitions() + ": left, as a change would move keys";
            lines.add(topic + "  present, " + partitions + " partitions" + warning);
        }
        return lines;
    }
}
