package org.citystream.stack.chaos;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.citystream.stack.failure.CityFailure;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a plan, at its pace: faults begin when everything has been well. One from which the pipeline does not recover, or
 * that could not be inflicted, is among the last.
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

    List<Outcome> run(List<PlannedFault> plan, Pace pace, Interlude interlude) throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        Instant notBefore = Instant.MIN;
        for (List<PlannedFault> round : pace.rounds(plan)) {
            awaitTurn(notBefore);
            notBefore = clock.instant().plus(pace.every());
            List<Outcome> came = undergo(round);
            outcomes.addAll(came);
            came.forEach(heard);
            if (!came.stream().allMatch(Outcome::recovered)) {
                return outcomes;
            }
            interlude.play();
        }
        return outcomes;
    }

    private void awaitTurn(Instant notBefore) throws InterruptedException {
        while (clock.instant().isBefore(notBefore)) {
            Thread.sleep(poll.toMillis());
        }
    }

    private List<Outcome> undergo(List<PlannedFault> round) throws InterruptedException {
        Thread.sleep(longest(round.stream().map(PlannedFault::calm).toList()).toMillis());
        Instant begunAt = clock.instant();
        List<String> impossible = inflict(round);
        if (!impossible.isEmpty()) {
            return round.stream()
                    .map(fault ->
                            new Outcome(fault, begunAt, clock.instant(), null, null, String.join("; ", impossible)))
                    .toList();
        }
        Instant relievedAt = clock.instant();
        List<Trial> trials = round.stream()
                .map(fault -> new Trial(fault, fault.kind().lasts() ? relievedAt : begunAt))
                .toList();
        while (!trials.stream().allMatch(Trial::isSteady) && !isOver(relievedAt)) {
            Thread.sleep(poll.toMillis());
            trials.forEach(Trial::look);
        }
        return trials.stream().map(trial -> trial.outcome(begunAt)).toList();
    }

    /** Has it over when this returns; says what could not be done to whom. */
    private List<String> inflict(List<PlannedFault> round) throws InterruptedException {
        List<String> impossible = new ArrayList<>();
        try {
            for (PlannedFault fault : round) {
                pipeline.component(fault.component()).inflict(fault.kind());
            }
            Thread.sleep(longest(round.stream()
                            .filter(fault -> fault.kind().lasts())
                            .map(PlannedFault::hold)
                            .toList())
                    .toMillis());
        } catch (CityFailure e) {
            impossible.add(e.what());
        } finally {
            relieve(round, impossible);
        }
        return impossible;
    }

    /** One that cannot be ended must not keep the others from it. */
    private void relieve(List<PlannedFault> round, List<String> impossible) throws InterruptedException {
        for (PlannedFault fault : round) {
            try {
                pipeline.component(fault.component()).relieve();
            } catch (CityFailure e) {
                impossible.add(e.what());
            }
        }
    }

    private static Duration longest(List<Duration> durations) {
        return durations.stream().max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    /** A fault and the signs of recovery from it. */
    private final class Trial {
        private final PlannedFault fault;
        private final Component component;
        private final Signs signs;

        private Trial(PlannedFault fault, Instant since) {
            this.fault = fault;
            this.component = pipeline.component(fault.component());
            this.signs = new Signs(since);
        }

        private void look() {
            signs.look(clock.instant(), component.problem(), component.proof());
        }

        private boolean isSteady() {
            return signs.isSteady(clock.instant());
        }

        private Outcome outcome(Instant begunAt) {
            boolean recovered = isSteady();
            return new Outcome(
                    fault,
                    begunAt,
                    clock.instant(),
                    signs.passed(signs.componentWellAt),
                    recovered ? signs.passed(signs.allWellAt) : null,
                    recovered ? "" : signs.problem);
        }
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
