package org.citystream.alerting.notify;

import java.util.List;
import org.citystream.alerting.route.Route;
import org.citystream.alerting.route.Routed;
import org.jspecify.annotations.Nullable;

/** Where an alert would go, and why. */
public record Explanation(Target target, Routed routed, List<Answer> answers) {

    /**
     * What one route would do.
     *
     * @param quiet why it would tell nothing; absent if it would tell
     */
    public record Answer(Route route, @Nullable String quiet) {}
}
