package org.citystream.dashboard.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.citystream.dashboard.api.DashboardApi;
import org.citystream.dashboard.api.EmptyStore;
import org.citystream.dashboard.api.LiveLimits;
import org.citystream.dashboard.api.Tiles;
import org.citystream.dashboard.live.CityState;
import org.citystream.dashboard.live.LiveChannel;
import org.citystream.dashboard.system.SystemWatch;
import org.citystream.service.health.Health;
import org.citystream.service.metrics.Metrics;
import org.jspecify.annotations.Nullable;

/** The page's files and an API that knows nothing, in a browser: what a test wants to see it makes itself. */
final class BarePage implements AutoCloseable {
    private final DashboardApi api;
    private final Chromium chromium;

    /**
     * @param viewerToken what viewers must know; null: nothing
     * @param tiles what lies under the city; null: nothing
     */
    BarePage(@Nullable String viewerToken, @Nullable Tiles tiles) {
        this(viewerToken, tiles, URI.create("http://127.0.0.1:1"), LiveLimits.DEFAULT);
    }

    BarePage(@Nullable String viewerToken, @Nullable Tiles tiles, URI alerting, LiveLimits limits) {
        chromium = Chromium.start();
        PrometheusMeterRegistry metrics = Metrics.registry();
        api = DashboardApi.start(
                "127.0.0.1",
                0,
                new CityState(),
                new LiveChannel(),
                new EmptyStore(),
                (sensor, atMost) -> List.of(),
                alerting,
                new SystemWatch(Map.of(), List.of(), metrics),
                viewerToken,
                tiles,
                limits,
                new Health(),
                metrics);
    }

    String url() {
        return "http://127.0.0.1:" + api.port();
    }

    /** A page of its own, with nothing kept from others; closing its context closes it. */
    Page open(String path, ColorScheme scheme, int width, int height) {
        BrowserContext context = chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, height)
                        .setColorScheme(scheme));
        Page page = context.newPage();
        page.navigate(url() + path);
        return page;
    }

    @Override
    public void close() {
        chromium.close();
        api.close();
    }
}
