package org.citystream.stack.chaos;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a plan, one fault after the other, each when everything has been well. A fault from which the pipeline does not
 * recover is the last.
 */
public final class Ordeal {
    /** Until the supervisor, a broker or Flink has noticed, what was there before can still look well. */
    private static final Duration STEADY = Duration.ofSeconds(2);
    /** What was on its way to us when the fault came is no sign of recovery. */
    private static final Duration ON_ITS_WAY = Duration.ofMillis(300);

    private final Pipeline pipeline;
    private final Duration patience;
    private final Duration poll;
    private final InstantSource clock;
    private final Consumer<Outcome> heard;

    /**
     * @param patience how long recovery may take
     * @param poll how often is asked
     * @param heard told of each outcome as it comes
     */
    public Ordeal(Pipeline pipeline, Duration patience, Duration poll, InstantSource clock, Consumer<Outcome> heard) {
        this.pipeline = pipeline;
        this.patience = patience;
        this.poll = poll;
        this.clock = clock;
        this.heard = heard;
    }

    /** Waits until everything is well and readings and summaries flow; returns what is still wrong when patience ends. */
    public Optional<String> awaitWell() throws InterruptedException {
        Instant since = clock.instant();
        Signs signs = new Signs(since);
        while (!signs.isSteady(clock.instant())) {
            if (isOver(since)) {
                return Optional.of(signs.problem);
            }
            Thread.sleep(poll.toMillis());
            signs.look(clock.instant(), Optional.empty(), Proof.SUMMARIES);
        }
        return Optional.empty();
    }

    public List<Outcome> run(List<PlannedFault> plan) throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        for (PlannedFault fault : plan) {
            Outcome outcome = undergo(fault);
            outcomes.add(outcome);
            heard.accept(outcome);
            if (!outcome.recovered()) {
                return outcomes;
            }
        }
        return outcomes;
    }

    private Outcome undergo(PlannedFault fault) throws InterruptedException {
        Component component = pipeline.component(fault.component());
        Thread.sleep(fault.calm().toMillis());
        Instant begunAt = clock.instant();
        try {
            component.inflict(fault.kind());
            if (fault.kind().lasts()) {
                Thread.sleep(fault.hold().toMillis());
            }
        } finally {
            component.relieve();
        }
        Instant since = fault.kind().lasts() ? clock.instant() : begunAt;
        Signs signs = new Signs(since);
        while (!signs.isSteady(clock.instant()) && !isOver(since)) {
            Thread.sleep(poll.toMillis());
            signs.look(clock.instant(), component.problem(), component.proof());
        }
        boolean recovered = signs.isSteady(clock.instant());
        return new Outcome(
                fault,
                begunAt,
                clock.instant(),
                signs.passed(signs.componentWellAt),
                recovered ? signs.passed(signs.allWellAt) : null,
                recovered ? "" : signs.problem);
    }

    private boolean isOver(Instant since) {
        return Duration.between(since, clock.instant()).compareTo(patience) > 0;
    }

    /** Since when what has looked well has done so without interruption. */
    private final class Signs {
        private final Instant since;
        private @Nullable Instant componentWellAt;
        private @Nullable Instant allWellAt;
        private String problem = "not looked at yet";

        private Signs(Instant since) {
            this.since = since;
        }

        private void look(Instant now, Optional<String> componentsProblem, Proof proof) {
            Instant fresh = since.plus(ON_ITS_WAY);
            boolean componentWell =
                    componentsProblem.isEmpty() && pipeline.flow().shows(proof, fresh, now);
            componentWellAt = kept(componentWellAt, componentWell, now);
            Optional<String> anywhere = componentsProblem.or(pipeline::problem);
            boolean flows = pipeline.flow().shows(Proof.SUMMARIES, fresh, now);
            allWellAt = kept(allWellAt, componentWell && anywhere.isEmpty() && flows, now);
            problem = anywhere.orElse(flows ? "" : "no new reading or summary comes to Kafka");
        }

        private static @Nullable Instant kept(@Nullable Instant before, boolean well, Instant now) {
            if (!well) {
                return null;
            }
            return before == null ? now : before;
        }

        private boolean isSteady(Instant now) {
            return allWellAt != null && Duration.between(allWellAt, now).compareTo(STEADY) >= 0;
        }

        private @Nullable Duration passed(@Nullable Instant until) {
            return until == null ? null : Duration.between(since, until);
        }
    }
}
