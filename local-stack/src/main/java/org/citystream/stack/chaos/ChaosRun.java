package org.citystream.stack.chaos;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.stack.alerting.AlertingClient;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.state.RunningStacks.Running;
import org.jspecify.annotations.Nullable;

/** {@code ./city verify --chaos}: faults under load, and then the audit of everything. */
public final class ChaosRun {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(250);

    /**
     * What is wanted.
     *
     * @param messagesPerSecond of the load that is made; 0: somebody else sends
     */
    public record Settings(int faults, Pace pace, long seed, int messagesPerSecond) {}

    /** Holds what was sent against what there is. */
    @FunctionalInterface
    public interface Auditor {
        /**
         * Audits.
         *
         * @param options of {@code ./city verify}, besides the user's own
         * @return whether every promise was kept
         */
        boolean audit(List<String> options) throws IOException, InterruptedException;
    }

    /** What came of it. */
    public record Result(Settings settings, List<Outcome> outcomes, List<JobBalance> balances, Verdict verdict) {
        /** All but the audit's own report. */
        public ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("ok", verdict.isOk());
            json.put("seed", settings.seed());
            json.put("messagesPerSecond", settings.messagesPerSecond());
            ArrayNode failures = json.putArray("failures");
            verdict.failures().forEach(failures::add);
            ArrayNode faults = json.putArray("faults");
            outcomes.forEach(outcome -> faults.add(json(outcome)));
            ArrayNode recovery = json.putArray("recovery");
            RecoveryTable.of(outcomes)
                    .forEach(row -> recovery.addObject()
                            .put("component", row.component())
                            .put("faults", row.faults())
                            .put("unrecovered", row.unrecovered())
                            .put("medianSeconds", inSeconds(row.median()))
                            .put("p95Seconds", inSeconds(row.p95()))
                            .put("targetSeconds", inSeconds(row.target()))
                            .put("met", row.met()));
            ArrayNode counts = json.putArray("balances");
            balances.forEach(balance -> counts.addObject()
                    .put("job", balance.job())
                    .put("readingsIn", balance.readingsIn())
                    .put("even", balance.isEven()));
            return json;
        }

        private static ObjectNode json(Outcome outcome) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("number", outcome.fault().number())
                    .put("component", outcome.fault().component())
                    .put("fault", outcome.fault().kind().wireName())
                    .put("begunAt", outcome.begunAt().toString())
                    .put("recoverySeconds", inSeconds(outcome.recovery()))
                    .put("pipelineSeconds", inSeconds(outcome.whole()));
        }

        private static @Nullable Double inSeconds(@Nullable Duration duration) {
            return duration == null ? null : duration.toMillis() / 1000.0;
        }
    }

    private final Settings settings;
    private final Auditor auditor;
    private final Consumer<String> say;

    public ChaosRun(Settings settings, Auditor auditor, Consumer<String> say) {
        this.settings = settings;
        this.auditor = auditor;
        this.say = say;
    }

    /** Breaks the services of a local stack, under a load of its own if so wanted, with a webhook of its own. */
    public Result onStack(Running stack, AlertingClient alerting) throws IOException, InterruptedException {
        try (FileLock lock = stack.data()
                .chaosLock()
                .orElseThrow(() -> new CityFailure(
                        "another run breaks the services of " + stack.data().root() + " already",
                        "wait until it has ended, or stop it with Ctrl-C"))) {
            return locked(stack, alerting);
        }
    }

    private Result locked(Running stack, AlertingClient alerting) throws IOException, InterruptedException {
        Path directory = stack.data()
                .chaos()
                .resolve(
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(":", ""));
        Files.createDirectories(directory);
        Path received = directory.resolve("received.jsonl");
        KafkaSettings kafka = new KafkaSettings(stack.state().ports().kafkaBootstrap());
        say.accept("ledger, webhooks and logs: " + directory);
        List<Component> components = StackPipeline.of(stack);
        try (KafkaFlow flow = KafkaFlow.of(kafka, settings.messagesPerSecond());
                StackVitals vitals = StackVitals.of(stack, components, directory, say);
                ChaosReceiver receiver = ChaosReceiver.start(alerting, received);
                Load load = settings.messagesPerSecond() > 0
                        ? SimulatedLoad.start(stack, settings.messagesPerSecond(), settings.seed(), directory)
                        : Load.fromElsewhere()) {
            Scale scale = settings.messagesPerSecond() > 0
                    ? new StackBalance(stack.state().ports().taskManagerMetrics())
                    : Scale.NONE;
            boolean soak = settings.pace().isSlow();
            Result result = run(
                    new Pipeline(components, flow, scale),
                    new Disturbances(StackPipeline::isOnTheWayIn),
                    load,
                    soak ? vitals : Interlude.NONE,
                    receiver,
                    List.of("--webhook-log", received.toString(), "--webhook-id", receiver.id()));
            if (soak) {
                // Once more, with everything read and counted and nobody sending.
                vitals.play();
                vitals.lines().forEach(say);
            }
            return result;
        }
    }

    /** Breaks what may be broken of a deployment, while somebody else sends. */
    public Result onDeployment(KafkaSettings kafka, List<Component> components)
            throws IOException, InterruptedException {
        try (KafkaFlow flow = KafkaFlow.of(kafka, settings.messagesPerSecond())) {
            Pipeline pipeline = new Pipeline(components, flow);
            Disturbances disturbances =
                    new Disturbances(name -> pipeline.component(name).proof() != Proof.READY);
            return run(pipeline, disturbances, Load.fromElsewhere(), Interlude.NONE, () -> {}, List.of());
        }
    }

    private Result run(
            Pipeline pipeline,
            Disturbances disturbances,
            Load load,
            Interlude interlude,
            AutoCloseable receiver,
            List<String> auditOptions)
            throws IOException, InterruptedException {
        Thread putBack = new Thread(new PutBack(pipeline.components(), List.of(load, receiver), say), "put-back");
        Runtime.getRuntime().addShutdownHook(putBack);
        try {
            return breakAndAudit(pipeline, disturbances, load, interlude, auditOptions);
        } finally {
            Runtime.getRuntime().removeShutdownHook(putBack);
        }
    }

    private Result breakAndAudit(
            Pipeline pipeline, Disturbances disturbances, Load load, Interlude interlude, List<String> auditOptions)
            throws IOException, InterruptedException {
        Instant begunAt = Instant.now();
        List<PlannedFault> plan = FaultPlan.of(settings.seed(), settings.faults(), pipeline.permitted());
        Ordeal ordeal = new Ordeal(pipeline, PATIENCE, POLL, InstantSource.system(), this::tell);
        Optional<String> unwell = ordeal.awaitWell();
        if (unwell.isPresent()) {
            throw new CityFailure(
                    "nothing was broken, because not all is well to begin with: " + unwell.get(),
                    "look at ./city status, and whether readings are sent");
        }
        List<Outcome> outcomes = ordeal.run(plan, settings.pace(), interlude);
        String loadProblem = load.problem();
        load.stop();
        boolean recovered = outcomes.stream().allMatch(Outcome::recovered);
        Scale.Weighed weighed = (recovered ? pipeline.scale() : Scale.NONE).weigh();
        load.close();
        weighed.jobs().forEach(job -> say.accept(job.line()));
        RecoveryTable.lines(outcomes).forEach(say);
        List<String> options = new ArrayList<>(auditOptions);
        load.ledger().ifPresent(ledger -> options.addAll(List.of("--ledger", ledger.toString())));
        options.addAll(disturbances.options(begunAt, outcomes));
        boolean auditOk = auditor.audit(options);
        Verdict verdict = Verdict.of(settings.faults(), outcomes, loadProblem, weighed.problems(), auditOk);
        verdict.failures().forEach(failure -> say.accept("FAILED: " + failure));
        if (verdict.isOk()) {
            say.accept("OK: " + outcomes.size() + " faults, every promise kept (seed " + settings.seed() + ")");
        }
        return new Result(settings, outcomes, weighed.jobs(), verdict);
    }

    private void tell(Outcome outcome) {
        PlannedFault fault = outcome.fault();
        String lasted = fault.kind().lasts() ? " for " + RecoveryTable.seconds(fault.hold()) : "";
        String came = outcome.recovered()
                ? "recovered after " + RecoveryTable.seconds(outcome.recovery()) + ", all well after "
                        + RecoveryTable.seconds(outcome.whole())
                : "NOT RECOVERED: " + outcome.problem();
        say.accept(String.format(
                Locale.ROOT,
                "%3d  %s  %-18s %-8s%s: %s",
                fault.number(),
                outcome.begunAt().truncatedTo(ChronoUnit.SECONDS),
                fault.component(),
                fault.kind().wireName(),
                lasted,
                came));
    }
}
