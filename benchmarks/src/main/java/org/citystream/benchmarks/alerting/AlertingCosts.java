package org.citystream.benchmarks.alerting;

import java.io.PrintStream;
import java.util.List;
import org.citystream.benchmarks.Benchmark;
import org.citystream.benchmarks.harness.Comparison;
import org.citystream.benchmarks.harness.Parameters;
import org.citystream.benchmarks.harness.Result;
import org.citystream.benchmarks.harness.Rounds;
import org.citystream.benchmarks.harness.Side;
import org.citystream.benchmarks.harness.Target;

/** What an alert costs on its way to a webhook, beside Alertmanager, which keeps nothing in a database. */
public final class AlertingCosts implements Benchmark {
    private static final int HEAP_MB = 256;
    private static final int WARM_UP = 6_000;
    private static final int PER_SECOND = 200;
    private static final int TOGETHER = 10;
    private static final double CPU_LIMIT = 0.6;
    private static final double P99_LIMIT_MS = 50;

    private final String name;
    private final Parameters parameters;
    private final List<Target> targets;

    private AlertingCosts(String name, Parameters parameters, List<Target> targets) {
        this.name = name;
        this.parameters = parameters.with(AlertsRun.WARM_UP, WARM_UP);
        this.targets = targets;
    }

    /** As fast as it goes, one alert a message. */
    public static AlertingCosts eachByItself() {
        return new AlertingCosts(
                "alert to webhook, each by itself",
                Parameters.none().with(AlertsRun.ALERTS, 6_000),
                List.of(Target.atMost("B / A", Rounds::bOverA, CPU_LIMIT)));
    }

    /** One alert a message, at a rate that leaves time for other things. */
    public static AlertingCosts atTwoHundredASecond() {
        return new AlertingCosts(
                "alert to webhook at " + PER_SECOND + " a second",
                Parameters.none().with(AlertsRun.ALERTS, 15 * PER_SECOND).with(AlertsRun.PER_SECOND, PER_SECOND),
                List.of(Target.atMost(
                        "B: " + AlertsRun.P99_MS, rounds -> rounds.figureOfB(AlertsRun.P99_MS), P99_LIMIT_MS)));
    }

    /** The option of telling several alerts in one message, on both sides. */
    public static AlertingCosts inBatches() {
        return new AlertingCosts(
                "alert to webhook, " + TOGETHER + " a message",
                Parameters.none().with(AlertsRun.ALERTS, 6_000).with(AlertsRun.TOGETHER, TOGETHER),
                List.of(Target.atMost("B / A", Rounds::bOverA, CPU_LIMIT)));
    }

    @Override
    public List<Result> run(int rounds, PrintStream progress) throws Exception {
        return List.of(new Comparison(
                        name,
                        "alert",
                        new Side("Alertmanager", AlertmanagerAlerts.class, parameters, HEAP_MB),
                        new Side("CityStream", CityStreamAlerts.class, parameters, HEAP_MB),
                        targets)
                .run(rounds, progress));
    }
}
