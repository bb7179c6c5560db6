package org.citystream.benchmarks.intake;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.citystream.benchmarks.harness.CpuClock;
import org.citystream.benchmarks.harness.Fork;
import org.citystream.benchmarks.harness.FreePort;
import org.citystream.benchmarks.pipeline.Broker;
import org.citystream.simulator.SimulatorMain;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How many readings one simulator gets acknowledged by a mosquitto beside it, with quality of service 1. */
@Command(
        name = "publishing",
        mixinStandardHelpOptions = true,
        description = "Runs the simulator against mosquitto; docs/benchmarks.md says how.")
public final class PublishingMain implements Callable<Integer> {
    private static final int HEAP_MB = 512;
    private static final String ACKNOWLEDGED = "simulator_readings_acknowledged_total ";

    @Option(
            names = "--rates",
            split = ",",
            defaultValue = "10000,20000,40000",
            description = "Readings a second to ask for.")
    private int[] rates = {};

    @Option(
            names = "--seconds",
            defaultValue = "30",
            description = "Timed, after half as long; default ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--detectors", defaultValue = "20000", description = "Of the city; default ${DEFAULT-VALUE}.")
    private int detectors;

    private final HttpClient http = HttpClient.newHttpClient();

    private PublishingMain() {}

    public static void main(String[] arguments) {
        System.setProperty(Fork.LOGGING_KEY, Fork.LOGGING);
        System.exit(new CommandLine(new PublishingMain()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        System.out.println(
                "| asked for, readings/s | acknowledged, readings/s | simulator, cores | mosquitto, cores |");
        System.out.println("|---|---|---|---|");
        try (Broker kafka = Broker.start(Files.createTempDirectory("benchmark-kafka"))) {
            kafka.createTopics();
            for (int rate : rates) {
                measure(kafka, rate);
            }
        }
        return 0;
    }

    private void measure(Broker kafka, int rate) throws Exception {
        Path directory = Files.createTempDirectory("benchmark-simulator");
        int port = FreePort.any();
        try (Mosquitto mosquitto = Mosquitto.start()) {
            Process simulator = Fork.java(
                            HEAP_MB,
                            SimulatorMain.class,
                            "simulate",
                            "--city=grid:detectors=" + detectors,
                            "--scenario=quiet-night",
                            "--backfill=false",
                            "--load=constant:rate=" + rate,
                            "--wait-for-subscriber=false",
                            "--data-dir=" + directory,
                            "--mqtt-url=" + mosquitto.url(),
                            "--kafka-bootstrap-servers=" + kafka.bootstrapServers(),
                            "--http-port=" + port)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                tell(rate, simulator, mosquitto, URI.create("http://127.0.0.1:" + port + "/metrics"));
            } finally {
                simulator.destroy();
                simulator.onExit().join();
            }
        }
    }

    private void tell(int rate, Process simulator, Mosquitto mosquitto, URI metrics) throws Exception {
        while (simulator.isAlive() && acknowledged(metrics) < rate) {
            Thread.sleep(200);
        }
        if (!simulator.isAlive()) {
            throw new IllegalStateException("the simulator has ended with " + simulator.exitValue());
        }
        TimeUnit.SECONDS.sleep(seconds / 2);
        long begun = System.nanoTime();
        double before = acknowledged(metrics);
        long simulatorBefore = CpuClock.processNanos(simulator.toHandle());
        long mosquittoBefore = CpuClock.processNanos(mosquitto.handle());
        TimeUnit.SECONDS.sleep(seconds);
        double nanos = System.nanoTime() - begun;
        System.out.printf(
                Locale.ROOT,
                "| %,d | %,.0f | %.2f | %.2f |%n",
                rate,
                (acknowledged(metrics) - before) / nanos * 1e9,
                (CpuClock.processNanos(simulator.toHandle()) - simulatorBefore) / nanos,
                (CpuClock.processNanos(mosquitto.handle()) - mosquittoBefore) / nanos);
    }

    /** So far; 0 while it does not answer. */
    private double acknowledged(URI metrics) throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(ACKNOWLEDGED))
                    .mapToDouble(line -> Double.parseDouble(line.substring(ACKNOWLEDGED.length())))
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }
}
