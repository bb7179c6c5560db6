package org.citystream.dashboard;

import org.citystream.service.ServiceRunner;

/** The dashboard process. */
public final class DashboardMain {
    private DashboardMain() {}

    public static void main(String[] arguments) {
        ServiceRunner.run("dashboard", new DashboardConfig(), arguments, config -> new Dashboard(config.checked()));
    }
}
