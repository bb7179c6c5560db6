package org.citystream.stack.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.citystream.stack.flink.FlinkRest.CheckpointTime;
import org.citystream.testsupport.LineCharts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * Charts of what a soak has written: of a made-up one in every build, of a real one with {@code -Dsoak.directory} of the run
 * and {@code -Dsoak.image} for the PNG.
 */
class SoakChartsTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final double BYTES_PER_MB = 1e6;
    /** Okabe and Ito, Color Universal Design (2008), and a grey. */
    private static final int[] COLORS = {
        0x000000, 0xE69F00, 0x56B4E9, 0x009E73, 0xF0E442, 0x0072B2, 0xD55E00, 0xCC79A7, 0x888888
    };

    @TempDir
    Path directory = Path.of("");

    @Test
    void everyLineOfASoakIsDrawn() throws Exception {
        String recorded = System.getProperty("soak.directory", "");
        Path from = recorded.isEmpty() ? madeUp() : Path.of(recorded);
        Path image = Path.of(
                System.getProperty("soak.image", directory.resolve("soak.png").toString()));

        List<XYChart> charts = charts(from);
        LineCharts.write(charts, 2, image);

        assertThat(charts)
                .hasSize(6)
                .allSatisfy(chart -> assertThat(chart.getSeriesCollection()).isNotEmpty());
        assertThat(charts.get(0).getSeriesCollection())
                .extracting(XYSeries::getName)
                .contains("gateway", "alerting");
        BufferedImage drawn = ImageIO.read(image.toFile());
        assertThat(drawn.getWidth()).isGreaterThan(1000);
    }

    private Path madeUp() throws IOException {
        try (VitalsLog log = VitalsLog.in(directory)) {
            for (int i = 0; i < 30; i++) {
                Instant at = EIGHT.plusSeconds(120L * i);
                log.add(new Vitals(at, "gateway", 17, 20_000_000 + i * 1000L, 30, 90));
                log.add(new Vitals(at, "alerting", 18, 30_000_000, 40 + i % 2, 120));
                log.add(new Lag(at, "traffic-job", i % 7));
                log.add(List.of(new CheckpointTime("j", i, at, Duration.ofMillis(200 + i))));
            }
        }
        return directory;
    }

    private static List<XYChart> charts(Path from) throws IOException {
        List<String[]> vitals = lines(from.resolve("vitals.csv"));
        List<String[]> lags = lines(from.resolve("lag.csv"));
        // A job that is submitted anew has another id.
        List<String[]> checkpoints = lines(from.resolve("checkpoints.csv")).stream()
                .map(line -> new String[] {line[0], "all jobs", line[3]})
                .sorted(Comparator.comparing(line -> line[0]))
                .toList();
        Instant begin = Instant.parse(vitals.get(0)[0]);
        return List.of(
                chart("Heap after a full collection", "MB", begin, vitals, 1, 3, BYTES_PER_MB),
                chart("Checkpoints, from trigger to completion", "ms", begin, checkpoints, 1, 2, 1),
                chart("Threads", "", begin, vitals, 1, 4, 1),
                chart("Records not read yet, when all is well again", "", begin, lags, 1, 2, 1),
                chart("Open file descriptors", "", begin, vitals, 1, 5, 1),
                chart("Processes seen so far", "", begin, processes(vitals), 1, 2, 1));
    }

    /** In place of process ids, how many different ones a service has had. */
    private static List<String[]> processes(List<String[]> vitals) {
        Map<String, Set<String>> seen = new TreeMap<>();
        return vitals.stream()
                .map(line -> {
                    Set<String> its = seen.computeIfAbsent(line[1], none -> new HashSet<>());
                    its.add(line[2]);
                    return new String[] {line[0], line[1], "" + its.size()};
                })
                .toList();
    }

    private static List<String[]> lines(Path csv) throws IOException {
        return Files.readAllLines(csv).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .toList();
    }

    /** A line for each name in a column, of the values in another, over the minutes since the beginning. */
    private static XYChart chart(
            String title, String unit, Instant begin, List<String[]> lines, int name, int value, double by) {
        XYChart chart = LineCharts.chart(title, "minutes", unit);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE).setLegendLayout(LegendLayout.Vertical);
        chart.getStyler().setYAxisMin(0.0);
        Map<String, List<double[]>> points = new TreeMap<>();
        for (String[] line : lines) {
            double minutes = Duration.between(begin, Instant.parse(line[0])).toMillis() / 60_000.0;
            points.computeIfAbsent(line[name], none -> new ArrayList<>())
                    .add(new double[] {minutes, Double.parseDouble(line[value]) / by});
        }
        int color = 0;
        for (Map.Entry<String, List<double[]>> line : points.entrySet()) {
            LineCharts.add(
                    chart,
                    line.getKey(),
                    line.getValue().stream().mapToDouble(point -> point[0]).toArray(),
                    line.getValue().stream().mapToDouble(point -> point[1]).toArray(),
                    new Color(COLORS[color++ % COLORS.length]),
                    false);
        }
        return chart;
    }
}
