package org.citystream.alerting.api;

import io.javalin.config.JavalinConfig;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.citystream.alerting.access.Audit;
import org.citystream.alerting.access.Tokens;
import org.citystream.alerting.alert.AlertLinks;
import org.citystream.alerting.alert.Alerts;
import org.citystream.alerting.lifecycle.AlertWriter;
import org.citystream.alerting.notify.Channels;
import org.citystream.alerting.notify.Endpoints;
import org.citystream.alerting.notify.Explainer;
import org.citystream.alerting.route.Routes;
import org.citystream.alerting.rule.RuleLog;
import org.citystream.alerting.silence.Silences;
import org.jspecify.annotations.Nullable;

/** The service's HTTP interface. */
public final class AlertingApi {
    private final RateLimit rateLimit;
    private final Authentication authentication;
    private final AlertStream stream;
    private final List<Consumer<JavalinConfig>> routes;

    /**
     * What the interface stands on.
     *
     * @param wake called when there is something new in the outbox
     * @param cityClock what the deployment calls now
     * @param clock wall clock
     */
    public record Parts(
            Alerts alerts,
            AlertWriter writer,
            AlertLinks links,
            AlertStream stream,
            Endpoints endpoints,
            Channels channels,
            Silences silences,
            RuleLog rules,
            Supplier<Routes> routes,
            Explainer explainer,
            Tokens tokens,
            Audit audit,
            Runnable wake,
            Supplier<Instant> cityClock,
            InstantSource clock) {}

    /**
     * How it is protected.
     *
     * @param adminTokenFile holds the administrator's token; without it only tokens count that are in the database
     * @param readingNeedsToken whether even alerts are shown to viewers only
     * @param requestsPerSecond from each address
     */
    public record Protection(@Nullable Path adminTokenFile, boolean readingNeedsToken, int requestsPerSecond) {}

    public AlertingApi(Parts parts, Protection protection) {
        Changes changes = new Changes(parts.audit(), parts.clock());
        rateLimit = new RateLimit(protection.requestsPerSecond());
        authentication =
                new Authentication(parts.tokens(), protection.adminTokenFile(), protection.readingNeedsToken());
        stream = parts.stream();
        routes = List.of(
                stream::addTo,
                new AlertRoutes(parts.alerts(), parts.writer(), parts.links(), changes)::addTo,
                new SilenceRoutes(parts.silences(), changes, parts.cityClock(), parts.clock())::addTo,
                new WebhookRoutes(parts.endpoints(), parts.channels(), changes, parts.wake(), parts.clock())::addTo,
                new RuleRoutes(parts.rules(), changes)::addTo,
                new RoutingRoutes(parts.routes(), parts.explainer(), parts.alerts(), parts.cityClock())::addTo,
                new TokenRoutes(parts.tokens(), changes, parts.clock())::addTo,
                new AuditRoutes(parts.audit())::addTo,
                EventSchemas::addTo,
                OpenApi::addTo);
    }

    /** Adds all routes to a server that is being configured. */
    public void addTo(JavalinConfig config) {
        config.http.prefer405over404 = true;
        config.routes.before(context -> context.header("X-Content-Type-Options", "nosniff"));
        config.routes.before("/api/*", rateLimit::check);
        config.routes.beforeMatched("/api/*", authentication::check);
        Problems.addTo(config);
        routes.forEach(more -> more.accept(config));
    }
}
