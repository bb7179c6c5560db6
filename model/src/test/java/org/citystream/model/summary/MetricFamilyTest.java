package org.citystream.model.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricFamilyTest {
    private static final Set<Class<?>> NUMERIC = Set.of(int.class, double.class, Integer.class, Double.class);

    @Test
    void everyNumericFieldOfASummaryIsAMetricButItsRevision() {
        assertThat(MetricFamily.TRAFFIC.metrics().keySet())
                .containsExactlyElementsOf(numeric(TrafficSummary.class, "traffic"));
        assertThat(MetricFamily.AIR.metrics().keySet())
                .containsExactlyElementsOf(numeric(AirQualitySummary.class, "air"));
    }

    private static List<String> numeric(Class<? extends Record> summary, String family) {
        return Arrays.stream(summary.getRecordComponents())
                .filter(component -> NUMERIC.contains(component.getType()))
                .map(RecordComponent::getName)
                .filter(name -> !name.equals("revision"))
                .map(name -> family + "." + name)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "traffic.speed, traffic.speedRatio",
        "traffic.flowPerHour, traffic.vehicleFlowPerHour",
        "air.pm25, air.pm25UgM3",
        "AIR.NO2UGM3, air.no2UgM3",
        "occupancy, traffic.occupancy"
    })
    void anUnknownMetricIsRefusedWithTheNearestKnownOne(String metric, String nearest) {
        assertThatThrownBy(() -> MetricFamily.having(metric))
                .hasMessageContaining("'" + metric + "' is not a metric; the nearest known one is " + nearest + " ");
    }
}
