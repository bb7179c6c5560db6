package org.citystream.simulator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.citystream.simulator.city.FundamentalDiagram;
import org.junit.jupiter.api.Test;

class VariationTest {
    private static final List<RoadPlan> ROADS = LongStream.rangeClosed(1, 200)
            .mapToObj(seed -> Variation.of(seed).corridorCity().roads().get(0))
            .toList();

    @Test
    void theSameSeedGivesTheSameCityAndAnotherSeedAnother() {
        assertThat(Variation.of(5).corridorCity()).isEqualTo(Variation.of(5).corridorCity());
        assertThat(Variation.of(5).corridorCity().roads().get(0).drivers())
                .isNotEqualTo(Variation.of(6).corridorCity().roads().get(0).drivers());
    }

    @Test
    void citiesFillTheirRanges() {
        FundamentalDiagram usual = RoadPlan.FREEWAY;
        fills(Range.FREE_FLOW_SPEED, road -> road.drivers().freeFlowSpeedKmh() / usual.freeFlowSpeedKmh());
        fills(Range.CAPACITY, road -> road.drivers().capacityVehH() / usual.capacityVehH());
        fills(Range.WAVE_SPEED, road -> road.drivers().waveSpeedKmh());
        fills(Range.CAPACITY_DROP, road -> road.drivers().capacityDrop());
        fills(Range.SPACING, road -> road.detectors().spacingM() / 450);
        fills(Range.SPACING_SCATTER, road -> road.detectors().scatter());
        fills(Range.EFFECTIVE_LENGTH, road -> road.detectors().quality().effectiveLengthM());
        fills(Range.COUNT_SCATTER, road -> road.detectors().quality().countScatter());
        fills(Range.CALIBRATION_SCATTER, road -> road.detectors().quality().calibrationScatter());
        fills(Range.OCCUPANCY_SCATTER, road -> road.detectors().quality().occupancyScatter());
        fills(Range.DEMAND, road -> load(road) / 0.95);
    }

    @Test
    void corridorsDifferInLanesLengthAndJunctions() {
        assertThat(ROADS).extracting(RoadPlan::lanes).containsOnly(2, 3, 4);
        assertThat(ROADS).extracting(road -> road.ramps().size() / 2).containsOnly(1, 2, 3, 4);
        assertThat(ROADS)
                .allSatisfy(road -> assertThat(road.lengthM())
                        .isBetween(Range.CORRIDOR_LENGTH.from() - 500, Range.CORRIDOR_LENGTH.to()));
    }

    @Test
    void aVariedCityKeepsItsRoadsAndGivesEachDriversOfItsOwn() {
        CityPlan varied = Variation.of(9).of(Lindholm.plan());

        assertThat(varied.roads()).extracting(RoadPlan::id).containsExactly("lind-ring", "lind-in", "lind-out");
        assertThat(varied.roads()).extracting(RoadPlan::drivers).doesNotHaveDuplicates();
        assertThat(varied.roads().get(0).line())
                .isEqualTo(Lindholm.plan().roads().get(0).line());
        assertThat(varied.city().sensors()).isNotEqualTo(Lindholm.city().sensors());
    }

    private static double load(RoadPlan road) {
        return road.demand().peakVehH() * road.busiest() / (road.drivers().capacityVehH() * road.lanes());
    }

    private static void fills(Range range, ToDoubleFunction<RoadPlan> of) {
        double rounding = 0.002 * range.to();
        double width = range.to() - range.from();
        assertThat(ROADS.stream().mapToDouble(of).min().orElseThrow())
                .as("least %s", range)
                .isBetween(range.from() - rounding, range.from() + 0.1 * width);
        assertThat(ROADS.stream().mapToDouble(of).max().orElseThrow())
                .as("most %s", range)
                .isBetween(range.to() - 0.1 * width, range.to() + rounding);
    }
}
