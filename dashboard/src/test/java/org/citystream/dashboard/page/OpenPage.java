package org.citystream.dashboard.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The dashboard's page in a browser; remembers what went wrong in it and how much it loaded. */
final class OpenPage implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();
    private final List<Response> files = new ArrayList<>();

    OpenPage(Chromium chromium, String url, ColorScheme scheme, int width, int height) {
        context = chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, height)
                        .setColorScheme(scheme)
                        .setReducedMotion(ReducedMotion.REDUCE));
        page = context.newPage();
        page.onPageError(error -> complaints.add("error: " + error));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.type() + ": " + message.text());
            }
        });
        page.onResponse(response -> {
            if (!response.url().contains("/api/")) {
                files.add(response);
            }
        });
        page.navigate(url);
        page.waitForSelector("html[data-ready]");
        page.waitForSelector("html[data-connection=live]");
    }

    Page page() {
        return page;
    }

    Locator panel(String selector) {
        return page.locator("#panel " + selector);
    }

    /** Clicks the map where an element above it lies, such as an alert's ring. */
    void clickMapUnder(Locator above) {
        BoundingBox box = above.boundingBox();
        page.mouse().click(box.x + box.width / 2, box.y + box.height / 2);
    }

    /** Waits until a chart has drawn something, and tells its newest value as shown. */
    String chartReading(String field) {
        Locator chart = panel("figure[data-chart=" + field + "]");
        chart.locator("canvas").waitFor();
        return chart.locator(".reading b").first().textContent();
    }

    /** Clicks what saves a file, and gives the file. */
    Path download(Locator button) {
        return page.waitForDownload(button::click).path();
    }

    void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    List<String> complaints() {
        return complaints;
    }

    /** From the request for the page until the city stood on it. */
    double shownAfterMs() {
        return ((Number) page.evaluate("performance.getEntriesByName('city-shown')[0].startTime")).doubleValue();
    }

    /** Bytes of the page itself, without the API's answers, uncompressed. */
    long loadedBytes() {
        return files.stream().mapToLong(file -> file.body().length).sum();
    }

    @Override
    public void close() {
        context.close();
    }
}
