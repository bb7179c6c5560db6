package org.citystream.dashboard.page;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Looks for what keeps people out, with axe-core. */
final class Accessibility {
    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
    private static final String SERIOUS = "async () => {"
            + " const { violations } = await axe.run(document, { resultTypes: ['violations'] });"
            + " return violations.filter((each) => ['serious', 'critical'].includes(each.impact))"
            + ".flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.target.join(' ')}: ${node.failureSummary}`));"
            + " }";

    private Accessibility() {}

    /** What is serious or critical on the page as it stands. */
    @SuppressWarnings("unchecked")
    static List<String> seriousProblems(Page page) {
        page.evaluate(axe());
        return (List<String>) page.evaluate(SERIOUS);
    }

    private static String axe() {
        try (InputStream in = Accessibility.class.getResourceAsStream(AXE)) {
            if (in == null) {
                throw new IllegalStateException("missing on the class path: " + AXE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
