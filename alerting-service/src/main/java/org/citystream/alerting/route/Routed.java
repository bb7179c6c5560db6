package org.citystream.alerting.route;

import java.util.List;

/**
 * Where an alert goes.
 *
 * @param routes at least one, in the order of the tree
 * @param visits every route that was looked at
 */
public record Routed(List<Route> routes, List<Visit> visits) {

    /**
     * One look at a route.
     *
     * @param depth the root has 0
     * @param reason why it was or was not taken
     */
    public record Visit(Route route, int depth, boolean taken, String reason) {}
}
