package org.citystream.dashboard.api;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.MethodNotAllowedResponse;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.util.Set;
import org.citystream.dashboard.live.CityState;
import org.citystream.dashboard.live.LiveChannel;
import org.citystream.dashboard.live.RecentReadings;
import org.citystream.dashboard.series.TimeSeriesException;
import org.citystream.dashboard.series.TimeSeriesReader;
import org.citystream.dashboard.system.SystemWatch;
import org.citystream.service.health.Health;
import org.citystream.service.health.ManagementRoutes;
import org.citystream.service.http.AllowedMethods;
import org.citystream.service.http.RegisteredRoutes;
import org.citystream.service.http.ServerProblems;
import org.citystream.service.live.EventStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: every route of the dashboard in one place. */
public final class DashboardApi implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DashboardApi.class);

    private final Javalin server;
    private final LiveRoute live;

    private DashboardApi(Javalin server, LiveRoute live) {
        this.server = server;
        this.live = live;
    }

    /**
     * Starts serving.
     *
     * @param host address to listen on
     * @param port 0 takes a free one
     * @param alerting base address of the alerting service
     * @param watch how the deployment itself is doing
     * @param viewerToken what viewers must know; null: everybody may look
     * @param tiles what is drawn under the city; null: nothing
     */
    public static DashboardApi start(
            String host,
            int port,
            CityState state,
            LiveChannel channel,
            TimeSeriesReader store,
            RecentReadings readings,
            URI alerting,
            SystemWatch watch,
            @Nullable String viewerToken,
            @Nullable Tiles tiles,
            LiveLimits limits,
            Health health,
            PrometheusMeterRegistry metrics) {
        LiveRoute live = new LiveRoute(state, channel, limits, metrics);
        AlertingProxy alertingProxy = new AlertingProxy(alerting);
        Javalin server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.http.prefer405over404 = true;
            ServerProblems.addTo(config);
            new Page(tiles).addTo(config);
            ViewerAccess.addTo(config, viewerToken);
            ManagementRoutes.addTo(config, health, metrics);
            config.routes.get("/api/v1/sensors", new SensorsRoute(state)::handle);
            config.routes.get("/api/v1/sensors/{id}/readings", new ReadingsRoute(state, readings)::handle);
            config.routes.get("/api/v1/series", new SeriesRoute(store, state)::handle);
            config.routes.get("/api/v1/corridors/{id}/series", new CorridorSeriesRoute(store, state)::handle);
            config.routes.get("/api/v1/snapshot", new SnapshotRoute(store, state)::handle);
            config.routes.get("/api/v1/episodes", new EpisodesRoute(state)::handle);
            config.routes.get("/api/v1/clock", new ClockRoute(state)::handle);
            config.routes.get("/api/v1/settings", new SettingsRoute(tiles)::handle);
            config.routes.get("/api/v1/system", new SystemRoute(watch)::handle);
            alertingProxy.addTo(config);
            config.routes.before("/api/v1/live", context -> live.checkRoom());
            EventStreams.addTo(config, "/api/v1/live", live::open);
            config.routes.before("/api/*", context -> context.header("Cache-Control", "no-store"));
            addProblems(config);
        });
        return new DashboardApi(server.start(host, port), live);
    }

    private static void addProblems(JavalinConfig config) {
        config.routes.exception(Problem.class, (problem, context) -> problem.send(context));
        config.routes.exception(
                TimeSeriesException.class,
                (e, context) ->
                        Problem.unavailable(String.valueOf(e.getMessage())).send(context));
        config.routes.exception(Exception.class, (e, context) -> {
            LOG.error("{} {} failed", context.method(), context.path(), e);
            new Problem(500, "The dashboard failed", "an unexpected failure; see its log").send(context);
        });
        config.routes.exception(
                MethodNotAllowedResponse.class,
                (e, context) -> new Problem(
                                405, "This cannot be done here", "possible here: " + AllowedMethods.tell(e, context))
                        .send(context));
        config.routes.error(404, DashboardApi::unknown);
    }

    private static void unknown(Context context) {
        String type = context.res().getContentType();
        if (type == null || !type.contains("json")) {
            Problem.notFound("nothing is at " + context.path()).send(context);
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** Every method and path it answers, but for the page's files. */
    Set<String> routes() {
        return RegisteredRoutes.of(server);
    }

    @Override
    public void close() {
        live.close();
        server.stop();
    }
}
