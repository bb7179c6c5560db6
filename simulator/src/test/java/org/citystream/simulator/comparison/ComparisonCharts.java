package org.citystream.simulator.comparison;

import java.awt.Color;
import java.util.stream.IntStream;
import org.citystream.testsupport.LineCharts;
import org.knowm.xchart.XYChart;

/** Charts of the simulated city beside a recorded one: recorded blue, simulated orange, weekends dashed. */
final class ComparisonCharts {
    private static final Color RECORDED = new Color(0x1F, 0x5F, 0xA8);
    private static final Color SIMULATED = new Color(0xE0, 0x76, 0x1B);
    private static final double[] HOURS =
            IntStream.range(0, 24).asDoubleStream().toArray();

    private ComparisonCharts() {}

    /** Daily courses on working days and weekends. @param shape by the working day's mean, instead of the values */
    static XYChart days(String title, String axis, Samples recorded, Samples simulated, boolean shape) {
        XYChart chart = LineCharts.chart(title, "local hour", axis);
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(23.0).setYAxisMin(0.0);
        for (boolean weekend : new boolean[] {false, true}) {
            String day = weekend ? ", weekend" : "";
            LineCharts.add(chart, "recorded" + day, HOURS, of(recorded, weekend, shape), RECORDED, weekend);
            LineCharts.add(chart, "simulated" + day, HOURS, of(simulated, weekend, shape), SIMULATED, weekend);
        }
        return chart;
    }

    private static double[] of(Samples samples, boolean weekend, boolean shape) {
        return shape ? samples.shape(weekend) : samples.day(weekend);
    }

    /** How values are distributed: share of the values in bins. */
    static XYChart distribution(
            String title, String axis, Samples recorded, Samples simulated, double from, double width, int bins) {
        XYChart chart = LineCharts.chart(title, axis, "share of values");
        double[] middles = IntStream.range(0, bins)
                .mapToDouble(bin -> from + (bin + 0.5) * width)
                .toArray();
        chart.getStyler().setYAxisMin(0.0).setYAxisDecimalPattern("0.00");
        LineCharts.add(chart, "recorded", middles, recorded.histogram(from, width, bins), RECORDED, false);
        LineCharts.add(chart, "simulated", middles, simulated.histogram(from, width, bins), SIMULATED, false);
        return chart;
    }
}
