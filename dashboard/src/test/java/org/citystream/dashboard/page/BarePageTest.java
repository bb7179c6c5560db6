package org.citystream.dashboard.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.citystream.dashboard.api.LiveLimits;
import org.citystream.dashboard.api.Tiles;
import org.junit.jupiter.api.Test;

/** How people are let in, and what lies under the city: with a dashboard that knows of no city yet. */
class BarePageTest {
    private static final String TOKEN = "a-token-for-viewers-only";
    private static final byte[] DOT = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    @Test
    void viewersAreLetInByTheirTokenAndLedBackWhenItNoLongerHolds() {
        try (BarePage bare = new BarePage(TOKEN, null)) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                Page page = bare.open("/?view=sensors", scheme, 390, 844);
                assertThat(page).hasURL(Pattern.compile("sign-in\\.html\\?view=sensors$"));
                String theme = scheme.name().toLowerCase(Locale.ROOT);
                assertThat(page.locator("html")).hasAttribute("data-theme", theme);
                assertThat(Accessibility.seriousProblems(page)).isEmpty();
                page.locator("#token").fill("guessed");
                page.keyboard().press("Enter");
                assertThat(page.locator(".said")).hasText("That is not the token.");
                screenshot(page, "sign-in-" + theme);
                assertThat(Accessibility.seriousProblems(page)).isEmpty();
                page.locator("#token").fill(TOKEN);
                page.keyboard().press("Enter");
                assertThat(page).hasURL(Pattern.compile("/\\?view=sensors$"));
                assertThat(page.locator("#panel h1")).hasText("Sensors");
                assertThat(page).hasTitle("Sensors \u00b7 CityStream");
                page.context().clearCookies();
                page.evaluate("() => import('/live/api.js').then(({ get }) => get('clock').catch(() => null))");
                assertThat(page).hasURL(Pattern.compile("sign-in\\.html\\?view=sensors$"));
                page.context().close();
            }
        }
    }

    @Test
    void tilesAreDrawnUnderTheCityFromTheOneServerThatIsNamed() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "image/png");
            exchange.sendResponseHeaders(200, DOT.length);
            exchange.getResponseBody().write(DOT);
            exchange.close();
        });
        server.start();
        String origin = "http://127.0.0.1:" + server.getAddress().getPort();
        try (BarePage bare = new BarePage(null, new Tiles(origin + "/{z}/{x}/{y}.png", "Map data: <b>us</b>"))) {
            Page page = bare.open("/", ColorScheme.LIGHT, 900, 600);
            page.locator("img.leaflet-tile-loaded").first().waitFor();
            assertThat(page.locator(".map-attribution")).hasText("Map data: <b>us</b>");
            assertThat(policy(page)).contains("img-src 'self' data: " + origin + ";");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void withoutTilesNoOtherServerIsAsked() {
        try (BarePage bare = new BarePage(null, null)) {
            Page page = bare.open("/", ColorScheme.LIGHT, 900, 600);
            page.waitForSelector("html[data-ready]");
            assertThat(page.locator("img.leaflet-tile")).hasCount(0);
            assertThat(policy(page)).contains("img-src 'self' data:;").doesNotContain("http");
            assertThat(page.locator("#panel")).containsText("No sensors are registered yet.");
        }
    }

    /** Neither an alerting service that hangs nor a stream that is full keeps the city from being shown. */
    @Test
    void thePageWaitsForNobodyItCanDoWithout() throws Exception {
        try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            URI alerting = URI.create("http://127.0.0.1:" + hanging.getLocalPort());
            LiveLimits full = new LiveLimits(0, Duration.ofSeconds(10), Duration.ofSeconds(15));
            try (BarePage bare = new BarePage(null, null, alerting, full)) {
                Page page = bare.open("/?view=system", ColorScheme.LIGHT, 900, 600);
                assertThat(page.locator("#panel h1"))
                        .hasText("System", new LocatorAssertions.HasTextOptions().setTimeout(4_000));
                assertThat(page.locator(".connection")).hasText("Not connected");
            }
        }
    }

    private static String policy(Page page) {
        Response response = Objects.requireNonNull(page.reload());
        return Objects.requireNonNull(response.headerValue("content-security-policy"));
    }

    private static void screenshot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png")));
    }
}
