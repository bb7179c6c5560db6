package org.citystream.jobs.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.OperatorMetricGroup;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.citystream.jobs.control.Surroundings;
import org.citystream.jobs.runtime.JobEnvironment;
import org.citystream.model.event.CityEvent;
import org.citystream.model.place.Sensor;
import org.citystream.model.reading.ClockState;
import org.citystream.model.reading.ClockTick;
import org.citystream.model.rule.InvalidRuleException;
import org.citystream.model.rule.Rule;
import org.citystream.model.rule.RuleCodec;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topic;
import org.citystream.model.wire.Topics;
import org.citystream.testsupport.KafkaExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One job that runs as long as the test class, between its topics on a broker, in a city whose clock the tests move on
 * together: each has subjects of its own. Register as a static field.
 */
final class RunningJob implements BeforeAllCallback, AfterAllCallback {
    private static final Instant MONDAY_MORNING = Instant.parse("2026-11-23T08:00:00Z");

    private final KafkaExtension kafka = new KafkaExtension();
    private final Map<String, Integer> versions = new HashMap<>();
    private final Consumer<JobEnvironment> wiring;
    private final Topic readings;
    private final Topic summaries;
    private final Duration pane;
    private Instant now = MONDAY_MORNING;
    private long controls;
    private InMemoryReporter metrics = InMemoryReporter.create();
    private @Nullable JobClient job;

    /** @param pane length of the panes that the job decides about */
    RunningJob(Consumer<JobEnvironment> wiring, Topic readings, Topic summaries, Duration pane) {
        this.wiring = wiring;
        this.readings = readings;
        this.summaries = summaries;
        this.pane = pane;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        kafka.beforeAll(context);
        emptyTopics();
        start("");
        awaitControlsRead();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        running().cancel().get(1, TimeUnit.MINUTES);
        emptyTopics();
        kafka.afterAll(context);
    }

    private void emptyTopics() {
        kafka.empty(Topics.RULES, Topics.SENSORS, readings, summaries, Topics.EVENTS);
    }

    // ---- the job -----------------------------------------------------------------------------------------------

    /** @param savepoint where to go on from; empty: the job starts anew */
    private void start(String savepoint) throws Exception {
        metrics = InMemoryReporter.createWithRetainedMetrics();
        Configuration configuration = metrics.addToConfiguration(new Configuration());
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
        Configuration settings =
                new Configuration().set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMinutes(10));
        if (!savepoint.isEmpty()) {
            settings.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        env.configure(settings);
        wiring.accept(new JobEnvironment(
                JobEnvironment.configured(env),
                ParameterTool.fromMap(Map.of("kafka-bootstrap-servers", kafka.bootstrapServers()))));
        job = env.executeAsync("under test");
    }

    /** What happens while the job does not run. */
    @FunctionalInterface
    interface Absence {
        void happens() throws Exception;
    }

    /** Stops the job with a savepoint, lets something happen, and lets the job go on from where it stopped. */
    void stoppedWhile(Path savepoints, Absence absence) throws Exception {
        CompletableFuture<?> ended = running().getJobExecutionResult();
        String savepoint = running()
                .stopWithSavepoint(false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
                .get(1, TimeUnit.MINUTES);
        ended.get(1, TimeUnit.MINUTES);
        // What comes from here on the job's stream has to bring; all before it has brought.
        controls = 0;
        absence.happens();
        start(savepoint);
    }

    private JobClient running() {
        return Objects.requireNonNull(job);
    }

    /** How many records among the rules and the registry every subtask has refused. */
    List<Long> refused() {
        return metrics.findOperatorMetricGroups(running().getJobID(), ".*").stream()
                .map(operator -> metrics.getMetricsByGroup(operator).get(Surroundings.REFUSED))
                .filter(metric -> metric != null)
                .map(metric -> ((Counter) metric).getCount())
                .toList();
    }

    /** Until the job's stream of rules and registry has brought all there is. */
    void awaitControlsRead() {
        await(() -> assertThat(controlsRead()).isGreaterThanOrEqualTo(controls));
    }

    private long controlsRead() {
        return metrics.findOperatorMetricGroups(running().getJobID(), "rules and registry").stream()
                .map(OperatorMetricGroup::getIOMetricGroup)
                // A group that is being made is reported before it is whole.
                .filter(Objects::nonNull)
                .mapToLong(source -> source.getNumRecordsOutCounter().getCount())
                .sum();
    }

    // ---- rules and registry ------------------------------------------------------------------------------------

    /** When a version that is written now takes effect. */
    Instant earliestEffect() {
        return new ClockState(clock(), 1, null, null).earliestEffect();
    }

    /** Applies a rule as the alerting service would, and waits until the job has read it. */
    Rule apply(String yaml) throws InvalidRuleException {
        Rule rule = write(yaml, earliestEffect());
        awaitControlsRead();
        return rule;
    }

    /** Writes the next version of a rule. */
    Rule write(String yaml, Instant effectiveFrom) throws InvalidRuleException {
        Rule rule = RuleCodec.readDocument(yaml).get(0);
        Rule version = rule.withVersion(versions.merge(rule.id(), 1, Integer::sum), effectiveFrom);
        control(Topics.RULES, version.key(), RuleCodec.write(version));
        return version;
    }

    /** Writes the next version of a sensor: the registry fields but version and effectiveFrom, with single quotes. */
    void register(String json, Instant effectiveFrom) {
        Sensor sensor =
                JsonCodec.read(("{" + json + "}").replace('\'', '"').getBytes(StandardCharsets.UTF_8), Sensor.class);
        Sensor version = sensor.withVersion(versions.merge(sensor.sensorId(), 1, Integer::sum), effectiveFrom);
        control(Topics.SENSORS, version.key(), JsonCodec.write(version));
    }

    /** Writes whatever record. */
    void control(Topic topic, String key, byte[] value) {
        kafka.produce(topic.name(), key, value);
        controls++;
    }

    // ---- time and readings -------------------------------------------------------------------------------------

    /** End of the last pane that readings were sent of. */
    Instant now() {
        return now;
    }

    private Instant clock() {
        return now.plusSeconds(61);
    }

    /** Readings of one pane. */
    @FunctionalInterface
    interface Measures {
        /** @param pane number since the beginning: values that never change are no measurement */
        String of(long pane);
    }

    /** Lets as many panes go by, of each of which each sensor sends one reading, and closes them. */
    void pass(int panes, Measures measures, String... sensorIds) {
        for (int i = 0; i < panes; i++) {
            now = now.plus(pane);
            long number = Duration.between(MONDAY_MORNING, now).dividedBy(pane);
            for (String sensorId : sensorIds) {
                send(sensorId, now, now.plusSeconds(1), measures.of(number));
            }
            tick();
        }
    }

    /** A reading of a pane that is over, sent only now. */
    void sendLate(String sensorId, Instant observedAt, String measures) {
        send(sensorId, observedAt, clock(), measures);
    }

    private void send(String sensorId, Instant observedAt, Instant clockAt, String measures) {
        String json = "{'sensorId':'" + sensorId + "','cityId':'testville','observedAt':'" + observedAt
                + "','periodSeconds':" + pane.toSeconds() + ",'clockAt':'" + clockAt + "'," + measures + "}";
        kafka.produce(readings.name(), sensorId, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private void tick() {
        byte[] tick = JsonCodec.write(new ClockTick(clock(), MONDAY_MORNING.minusSeconds(60)));
        for (int partition = 0; partition < readings.partitions(); partition++) {
            ProducerRecord<String, byte[]> record = new ProducerRecord<>(readings.name(), partition, null, tick);
            record.headers().add(new RecordHeader(ClockTick.HEADER, new byte[0]));
            kafka.produce(record);
        }
    }

    // ---- what comes out ----------------------------------------------------------------------------------------

    /** All a rule has said of a subject, in order. */
    List<CityEvent> events(String ruleId, String subjectId) {
        return events(ruleId).stream()
                .filter(event -> event.subject().id().equals(subjectId))
                .toList();
    }

    /** All a rule has said. */
    List<CityEvent> events(String ruleId) {
        return events().stream()
                .filter(event -> event.rule().id().equals(ruleId))
                .toList();
    }

    private List<CityEvent> events() {
        return kafka.consumeAll(Topics.EVENTS.name()).stream()
                .map(record -> JsonCodec.read(record.value(), CityEvent.class))
                .toList();
    }

    /** The rules that have an open episode of a subject, ascending by id. */
    Set<String> openRules(String subjectId) {
        Map<String, CityEvent> last = new TreeMap<>();
        events().stream()
                .filter(event -> event.subject().id().equals(subjectId))
                .forEach(event -> last.put(event.rule().id(), event));
        last.values().removeIf(event -> event.endedAt() != null);
        return last.keySet();
    }

    /** The subjects that a rule has ever said anything of, ascending by id. */
    Set<String> subjects(String ruleId) {
        return events(ruleId).stream()
                .map(event -> event.subject().id())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The summaries that the job has told of a subject, in order. */
    <T> List<T> summaries(String subjectId, Class<T> type) {
        return kafka.consumeAll(summaries.name()).stream()
                .filter(record -> subjectId.equals(record.key()))
                .map(record -> JsonCodec.read(record.value(), type))
                .toList();
    }

    static void await(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(KafkaExtension.PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(assertion);
    }
}
