package org.citystream.simulator.comparison;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts of the simulated city beside a recorded one: recorded blue, simulated orange, weekends dashed. */
final class ComparisonCharts {
    private static final Color RECORDED = new Color(0x1F, 0x5F, 0xA8);
    private static final Color SIMULATED = new Color(0xE0, 0x76, 0x1B);
    private static final double[] HOURS =
            IntStream.range(0, 24).asDoubleStream().toArray();
    private static final int WIDTH = 680;
    private static final int HEIGHT = 400;

    private ComparisonCharts() {}

    /** Daily courses on working days and weekends. @param shape by the working day's mean, instead of the values */
    static XYChart days(String title, String axis, Samples recorded, Samples simulated, boolean shape) {
        XYChart chart = chart(title, "local hour", axis);
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(23.0).setYAxisMin(0.0);
        for (boolean weekend : new boolean[] {false, true}) {
            String day = weekend ? ", weekend" : "";
            add(chart, "recorded" + day, HOURS, of(recorded, weekend, shape), RECORDED, weekend);
            add(chart, "simulated" + day, HOURS, of(simulated, weekend, shape), SIMULATED, weekend);
        }
        return chart;
    }

    private static double[] of(Samples samples, boolean weekend, boolean shape) {
        return shape ? samples.shape(weekend) : samples.day(weekend);
    }

    /** How values are distributed: share of the values in bins. */
    static XYChart distribution(
            String title, String axis, Samples recorded, Samples simulated, double from, double width, int bins) {
        XYChart chart = chart(title, axis, "share of values");
        double[] middles = IntStream.range(0, bins)
                .mapToDouble(bin -> from + (bin + 0.5) * width)
                .toArray();
        chart.getStyler().setYAxisMin(0.0).setYAxisDecimalPattern("0.00");
        add(chart, "recorded", middles, recorded.histogram(from, width, bins), RECORDED, false);
        add(chart, "simulated", middles, simulated.histogram(from, width, bins), SIMULATED, false);
        return chart;
    }

    private static XYChart chart(String title, String xAxis, String yAxis) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(xAxis)
                .yAxisTitle(yAxis)
                .build();
        Font plain = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
        chart.getStyler()
                .setChartBackgroundColor(Color.WHITE)
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 14))
                .setLegendFont(plain)
                .setLegendPosition(LegendPosition.OutsideS)
                .setLegendLayout(LegendLayout.Horizontal)
                .setLegendBorderColor(Color.WHITE);
        chart.getStyler().setPlotGridLinesColor(new Color(0xE4, 0xE4, 0xE4)).setPlotBorderVisible(false);
        chart.getStyler().setAxisTitleFont(plain).setAxisTickLabelsFont(plain);
        return chart;
    }

    private static void add(XYChart chart, String name, double[] x, double[] y, Color color, boolean dashed) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(color);
        series.setLineStyle(
                dashed
                        ? new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0)
                        : new BasicStroke(2.4f));
    }

    /** Writes charts beside and below each other into one picture. */
    static void write(List<XYChart> charts, int columns, Path file) throws IOException {
        BitmapEncoder.saveBitmap(
                charts, charts.size() / columns, columns, file.toString(), BitmapEncoder.BitmapFormat.PNG);
    }
}
