package org.citystream.alerting.alert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Where people find an alert.
 *
 * @param dashboardUrl base address of the dashboard, as people reach it
 * @param publicUrl base address of this service's API, as people reach it
 */
public record AlertLinks(String dashboardUrl, String publicUrl) {
    public AlertLinks {
        dashboardUrl = withoutSlash(dashboardUrl);
        publicUrl = withoutSlash(publicUrl);
    }

    public String dashboard(String alertId) {
        return dashboardUrl + "/?alert=" + alertId;
    }

    public String api(String alertId) {
        return publicUrl + "/api/v1/alerts/" + alertId;
    }

    ObjectNode of(String alertId) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("dashboard", dashboard(alertId))
                .put("api", api(alertId));
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
