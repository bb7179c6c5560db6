package org.citystream.alerting.api;

import io.javalin.config.JavalinConfig;
import java.nio.file.Path;
import java.time.InstantSource;
import org.citystream.alerting.alert.AlertLinks;
import org.citystream.alerting.alert.Alerts;
import org.citystream.alerting.lifecycle.AlertWriter;
import org.citystream.alerting.notify.Endpoints;
import org.citystream.alerting.notify.webhook.WebhookUrl;
import org.citystream.alerting.rule.RuleLog;
import org.jspecify.annotations.Nullable;

/** The service's HTTP interface. */
public final class AlertingApi {
    private final AlertRoutes alertRoutes;
    private final WebhookRoutes webhookRoutes;
    private final RuleRoutes ruleRoutes;
    private final AlertStream stream;
    private final BearerToken token;

    /**
     * @param tokenFile holds the token that changes need; without it nothing can be changed
     * @param wake called when there is something new in the outbox
     * @param clock wall clock
     */
    public AlertingApi(
            Alerts alerts,
            AlertWriter writer,
            AlertLinks links,
            Endpoints endpoints,
            WebhookUrl urls,
            RuleLog rules,
            AlertStream stream,
            @Nullable Path tokenFile,
            Runnable wake,
            InstantSource clock) {
        this.alertRoutes = new AlertRoutes(alerts, writer, links);
        this.webhookRoutes = new WebhookRoutes(endpoints, urls, wake, clock);
        this.ruleRoutes = new RuleRoutes(rules);
        this.stream = stream;
        this.token = new BearerToken(tokenFile);
    }

    /** Adds all routes to a server that is being configured. */
    public void addTo(JavalinConfig config) {
        config.http.prefer405over404 = true;
        config.routes.before("/api/*", token::check);
        Problems.addTo(config);
        stream.addTo(config);
        alertRoutes.addTo(config);
        webhookRoutes.addTo(config);
        ruleRoutes.addTo(config);
        OpenApi.addTo(config);
    }
}
