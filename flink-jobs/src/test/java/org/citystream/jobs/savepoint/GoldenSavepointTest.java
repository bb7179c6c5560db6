package org.citystream.jobs.savepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.citystream.jobs.topics.CityTopics;
import org.citystream.model.rule.RuleCodec;
import org.citystream.testsupport.KafkaExtension;
import org.citystream.testsupport.QuestDbExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The jobs of today go on from the savepoints of every release: counts, runs of bad hours and open episodes. Who changes
 * the form of state or the uid of an operator so that they cannot, fails here. {@code -Dgolden.write=true} writes those of
 * the version under way anew (CONTRIBUTING.md says when one may).
 */
class GoldenSavepointTest {
    private static final Path SAVEPOINTS = Path.of("src", "test", "resources", "savepoints");
    private static final String UNDER_WAY = "0.1.0";
    private static final long LARGEST_BYTES = 100_000;

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @RegisterExtension
    static final QuestDbExtension QUEST_DB = new QuestDbExtension();

    @TempDir
    Path directory = Path.of("");

    @AfterAll
    static void leaveNothingBehind() {
        new CityTopics(KAFKA).empty();
    }

    static Stream<Arguments> savepoints() throws IOException {
        List<String> releases;
        try (Stream<Path> all = Files.list(SAVEPOINTS)) {
            releases = all.map(release -> release.getFileName().toString())
                    .sorted()
                    .toList();
        }
        return releases.stream().flatMap(release -> Stream.of(Life.values()).map(life -> Arguments.of(release, life)));
    }

    @ParameterizedTest(name = "{1} of release {0}")
    @MethodSource("savepoints")
    void aJobGoesOnFromTheSavepointOfARelease(String release, Life life) throws Exception {
        Path archive = archive(release, life);
        Path rules = SAVEPOINTS.resolve(release).resolve("rules.jsonl");
        if (Boolean.getBoolean("golden.write") && release.equals(UNDER_WAY)) {
            writeDefaults(rules);
            take(life, rules, archive);
        }
        assertThat(Files.size(archive)).isLessThan(LARGEST_BYTES);
        Path savepoint = Files.createDirectory(directory.resolve("golden"));
        Archive.unpack(archive, savepoint);
        try (Town town = new Town(KAFKA, QUEST_DB)) {
            town.rules(rules);
            life.before(town);
            town.start(life, savepoint.toUri().toString());
            life.after(town);
            life.goesOn(town);
        }
    }

    /** The rules that the release published, one record a line: they keep the form and the hash that they had. */
    private static void writeDefaults(Path rules) throws IOException {
        List<String> records = RuleCodec.defaultRules().stream()
                .map(rule -> new String(RuleCodec.write(rule), StandardCharsets.UTF_8))
                .toList();
        Files.createDirectories(rules.getParent());
        Files.write(rules, records);
    }

    /** A job as it is today, stopped in the middle of its life. */
    private void take(Life life, Path rules, Path archive) throws Exception {
        try (Town town = new Town(KAFKA, QUEST_DB)) {
            town.rules(rules);
            life.before(town);
            JobClient job = town.start(life, "");
            life.awaitBegun(town);
            town.awaitReadUp(life);
            CompletableFuture<?> ended = job.getJobExecutionResult();
            String savepoint = job.stopWithSavepoint(
                            false, directory.resolve("taken").toUri().toString(), SavepointFormatType.CANONICAL)
                    .get(1, TimeUnit.MINUTES);
            ended.get(1, TimeUnit.MINUTES);
            Archive.pack(Path.of(URI.create(savepoint)), archive);
        }
    }

    private static Path archive(String release, Life life) {
        return SAVEPOINTS.resolve(release).resolve(life.jobName() + ".zip");
    }

    @Test
    void stateThatNoOperatorTakesUpStopsTheJobFromStarting() throws Exception {
        Path savepoint = Files.createDirectory(directory.resolve("golden"));
        Archive.unpack(archive(UNDER_WAY, Life.SENSOR_HEALTH), savepoint);
        try (Town town = new Town(KAFKA, QUEST_DB)) {
            assertThatThrownBy(() -> town.start(Life.TRAFFIC, savepoint.toUri().toString())
                            .getJobExecutionResult()
                            .get(1, TimeUnit.MINUTES))
                    .rootCause()
                    .hasMessageContaining("Cannot map checkpoint/savepoint state for operator");
        }
    }
}
