package org.citystream.dashboard.api;

import io.javalin.http.Context;
import java.net.URI;

/**
 * Whether a request that changes something may come from the page it seems to come from. A program that is no browser
 * sends neither header and is let through: it has no page that could be tricked.
 */
final class SameOrigin {
    private SameOrigin() {}

    /** @throws Problem if a browser says that another site's page asks */
    static void require(Context context) {
        String site = context.header("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin")) {
            throw refused();
        }
        String origin = context.header("Origin");
        if (origin != null && !authority(origin).equals(context.header("Host"))) {
            throw refused();
        }
    }

    private static String authority(String origin) {
        try {
            return String.valueOf(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static Problem refused() {
        return new Problem(403, "Not from here", "changes are taken from the dashboard's own page only");
    }
}
