package org.citystream.alerting.notify;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.citystream.alerting.inhibit.InhibitRule;
import org.citystream.alerting.inhibit.InhibitRule.OpenAlert;
import org.citystream.alerting.route.Route;
import org.citystream.alerting.route.Routes;
import org.citystream.alerting.silence.Silence;
import org.jspecify.annotations.Nullable;

/** Why an alert is not told at a moment: silenced, inhibited, or its route muted. Pure. */
public final class Quiet {
    private final Routes routes;
    private final List<Silence> silences;
    private final Supplier<Collection<OpenAlert>> open;

    /** @param open alerts that may inhibit; asked only if a rule concerns the alert */
    public Quiet(Routes routes, List<Silence> silences, Supplier<Collection<OpenAlert>> open) {
        this.routes = routes;
        this.silences = silences;
        this.open = open;
    }

    /**
     * The reason; empty if it is told.
     *
     * @param route by which it would be told; absent for a receiver that was told earlier and whose route no longer
     *     matches
     * @param at the event's time; for what is told again without an event, the city's clock
     */
    public Optional<String> reason(Target target, @Nullable Route route, Instant at) {
        return silenced(target, at)
                .or(() -> inhibited(target))
                .or(() -> route == null ? Optional.empty() : routes.muted(route, at));
    }

    private Optional<String> silenced(Target target, Instant at) {
        return silences.stream()
                .filter(silence -> silence.holdsAt(at) && silence.covers(target.labels(), target.place()))
                .findFirst()
                .map(silence ->
                        "silenced by " + silence.id() + " (" + silence.createdBy() + ": " + silence.comment() + ")");
    }

    private Optional<String> inhibited(Target target) {
        for (InhibitRule rule : routes.inhibitRules()) {
            if (rule.concerns(target.labels())) {
                Optional<OpenAlert> source = rule.source(target.alertId(), target.labels(), open.get());
                if (source.isPresent()) {
                    return Optional.of("inhibited by " + source.get().alertId() + " (" + rule.name() + ")");
                }
            }
        }
        return Optional.empty();
    }
}
