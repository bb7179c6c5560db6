package org.citystream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.citystream.endtoend.WebhookReceiver.Delivery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer sees after {@code ./city up}: an accident, an alert, a signed webhook, series, a live page. */
class AccidentIT {
    private static final int DASHBOARD = 8080;
    private static final int ALERTING = 8090;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path dataDirectory = Path.of("");

    @Test
    void theAccidentReachesTheWebhookTheStoreAndThePage() throws Exception {
        try (CityStack stack = CityStack.up(dataDirectory);
                WebhookReceiver receiver = new WebhookReceiver()) {
            JsonNode webhook = stack.post(ALERTING, "/api/v1/webhooks", "{\"url\":\"" + receiver.url() + "\"}");
            receiver.trust(webhook.path("secret").asText());

            Delivery opened = await().atMost(PATIENCE)
                    .until(
                            () -> receiver.deliveries().stream()
                                    .filter(d -> isTheAccidentsQueue(d.body().path("data")))
                                    .findFirst()
                                    .orElse(null),
                            delivery -> delivery != null);
            assertThat(opened.signatureAccepted())
                    .as("accepted by com.standardwebhooks")
                    .isTrue();
            JsonNode alert = opened.body().path("data");
            assertThat(alert.path("evidence").isObject()).isTrue();
            assertThat(alert.path("subject").path("type").asText()).isEqualTo("corridor");
            String segment =
                    alert.path("evidence").path("queue").path("headSegmentId").asText();

            JsonNode listed = stack.get(
                    ALERTING, "/api/v1/alerts/" + alert.path("alertId").asText());
            assertThat(listed.path("subject")).isEqualTo(alert.path("subject"));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(slowestSpeed(stack, segment))
                            .as("the jam stands in the time series of %s", segment)
                            .isBetween(0.0, 60.0));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(Duration.between(clock(stack), Instant.now()))
                            .as("how far the clock still is behind the present")
                            .isLessThan(Duration.ofMinutes(2)));
            assertThat(stack.get(ALERTING, "/api/v1/alerts?kind=sensor-health").path("items"))
                    .as("no sensor of this city is in trouble, also while its past was caught up with")
                    .isEmpty();
            seeOnThePage(stack, alert);
        }
    }

    /** At rush hour other roads of the city have queues of their own. */
    private static boolean isTheAccidentsQueue(JsonNode alert) {
        return alert.path("kind").asText().equals("congestion")
                && alert.path("subject").path("id").asText().equals("lind-ring");
    }

    private static Instant clock(CityStack stack) throws Exception {
        return Instant.parse(stack.get(DASHBOARD, "/api/v1/clock").path("now").asText());
    }

    private static double slowestSpeed(CityStack stack, String segment) throws Exception {
        Instant now = clock(stack);
        JsonNode series = stack.get(
                DASHBOARD,
                "/api/v1/series?measurement=traffic&field=speed_kmh&step=PT1M&subject=" + segment + "&from="
                        + now.minus(Duration.ofHours(3)) + "&to=" + now);
        double slowest = Double.MAX_VALUE;
        for (JsonNode point : series.path("points")) {
            if (point.path(1).isNumber()) {
                slowest = Math.min(slowest, point.path(1).asDouble());
            }
        }
        return slowest;
    }

    private static void seeOnThePage(CityStack stack, JsonNode alert) {
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright.chromium().launch(chromium())) {
            Page page = browser.newPage(new Browser.NewPageOptions().setViewportSize(1440, 900));
            page.navigate(
                    stack.uri(DASHBOARD, "/?alert=" + alert.path("alertId").asText())
                            .toString());
            // Of whatever severity by now.
            page.getByText("congestion on Ring road west").first().waitFor();
            page.waitForSelector("canvas");
            keep(page, "accident.png");
            page.navigate(stack.uri(DASHBOARD, "/").toString());
            page.getByText("congestion on Ring road west")
                    .first()
                    .waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE.toMillis()));
            keep(page, "overview.png");
            lookBack(page, stack, alert.path("subject").path("id").asText());
        }
    }

    /** The corridor over space and time, with the queue's outline; and the map of some minutes ago. */
    private static void lookBack(Page page, CityStack stack, String corridor) {
        page.navigate(stack.uri(DASHBOARD, "/?corridor=" + corridor).toString());
        page.waitForSelector(".spacetime-canvas[aria-label*='episodes are outlined']");
        page.locator(".time-slider").focus();
        for (int minute = 0; minute < 5; minute++) {
            page.keyboard().press("ArrowLeft");
        }
        page.waitForSelector("html[data-moment=past]");
        page.waitForSelector(".time-label:has-text('The past')");
        keep(page, "corridor.png");
    }

    private static void keep(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", name)));
    }

    private static BrowserType.LaunchOptions chromium() {
        return new BrowserType.LaunchOptions()
                .setExecutablePath(Path.of("/usr/bin/chromium"))
                .setArgs(List.of(
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync"));
    }
}
