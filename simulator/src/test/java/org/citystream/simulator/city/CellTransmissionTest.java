package org.citystream.simulator.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The model against the kinematic wave theory it stands for. */
class CellTransmissionTest {
    private static final FundamentalDiagram FREEWAY = new FundamentalDiagram(90, 2000, 140, 0);
    private static final int LANES = 3;
    private static final double STEP_SECONDS = 4;
    private static final double[] NO_RAMPS = {};
    private static final double ACCIDENT_M = 9_000;

    private final CellTransmission road = new CellTransmission(FREEWAY, LANES, 12_000, STEP_SECONDS, List.of());

    @Test
    void jamFrontsMoveUpstreamAtFifteenToTwentyKilometresPerHour() {
        assertThat(FREEWAY.waveSpeedKmh()).isBetween(15.0, 20.0);
        assertThat(FREEWAY.congestedDensityVehKm(0)).isEqualTo(140);
        assertThat(FREEWAY.congestedDensityVehKm(2000)).isCloseTo(FREEWAY.criticalDensityVehKm(), within(1e-9));
    }

    @Test
    void inFreeFlowVehiclesDriveAtFreeSpeed() {
        drive(3_600, 900);

        int middle = road.cellAt(6_000);
        assertThat(road.passed(middle) / STEP_SECONDS * 3600).isCloseTo(3_600, within(1.0));
        assertThat(road.vehicles(middle) / road.cellLengthM() * 1000).isCloseTo(3_600 / 90.0, within(0.1));
    }

    @Test
    void theTailOfAQueueMovesAsTheShockWaveFormulaSays() {
        drive(3_600, 900);
        closeTo(0.2);
        double outflow = 0.2 * 2000 * LANES;
        double queued = LANES * FREEWAY.congestedDensityVehKm(outflow / LANES);
        double free = LANES * FREEWAY.freeDensityVehKm(3_600.0 / LANES);
        double theory = (outflow - 3_600) / (queued - free);

        drive(3_600, 300);
        double early = tailM(road, 140);
        drive(3_600, 900);
        double late = tailM(road, 140);

        double measured = (late - early) / 1000 / (900 / 3600.0);
        assertThat(theory).isNegative();
        assertThat(measured).isCloseTo(theory, within(Math.abs(theory) * 0.05));
    }

    /**
     * 1,800 veh/h at 20 veh/km run into 1,200 veh/h at 80 veh/km: (1,200 - 1,800) / (80 - 20) is -10 km/h, and a quarter of an
     * hour stores 150 vehicles (rows "shock wave" and "queue growth" of traffic_measure_vectors.csv).
     */
    @Test
    void theReferenceShockWaveAndWhatItStores() {
        FundamentalDiagram diagram = new FundamentalDiagram(90, 140 / (1 / 90.0 + 1 / 20.0), 140, 0);
        assertThat(diagram.freeDensityVehKm(1_800)).isCloseTo(20, within(1e-9));
        assertThat(diagram.congestedDensityVehKm(1_200)).isCloseTo(80, within(1e-9));
        CellTransmission lane = new CellTransmission(diagram, 1, 12_000, STEP_SECONDS, List.of());
        steps(lane, 1_800, 900);
        lane.limitCapacity(lane.cellAt(ACCIDENT_M), 1_200 / diagram.capacityVehH());
        steps(lane, 1_800, 300);
        double early = tailM(lane, 50);
        double before = lane.onRoad() + lane.waiting();

        steps(lane, 1_800, 900);

        assertThat((tailM(lane, 50) - early) / 1000 / 0.25).isCloseTo(-10, within(0.5));
        assertThat(lane.onRoad() + lane.waiting() - before).isCloseTo(150, within(1.0));
    }

    @Test
    void aQueueDischargesAtCapacityAndItsHeadRecedesWithTheWaveSpeed() {
        drive(3_600, 900);
        closeTo(0.2);
        drive(3_600, 1_200);
        road.openAll();

        drive(3_600, 300);
        double early = headM();
        assertThat(road.passed(road.cellAt(ACCIDENT_M)) / STEP_SECONDS * 3600).isCloseTo(6_000, within(30.0));
        drive(3_600, 240);
        double late = headM();

        double measured = (late - early) / 1000 / (240 / 3600.0);
        assertThat(measured).isCloseTo(-FREEWAY.waveSpeedKmh(), within(FREEWAY.waveSpeedKmh() * 0.08));
    }

    @Test
    void aQueueGrowsByWhatArrivesAndCannotPass() {
        drive(4_500, 900);
        closeTo(0.5);
        drive(4_500, 120);
        double early = road.onRoad() + road.waiting();
        drive(4_500, 600);
        double late = road.onRoad() + road.waiting();

        double outflow = 0.5 * 2000 * LANES;
        assertThat(late - early).isCloseTo((4_500 - outflow) * 600 / 3_600, within(5.0));
    }

    @Test
    void aStandingQueueDischargesWithTheCapacityDropUntilItIsGone() {
        FundamentalDiagram cautious = new FundamentalDiagram(90, 2000, 140, 0.1);
        CellTransmission dropping = new CellTransmission(cautious, LANES, 12_000, STEP_SECONDS, List.of());
        int accident = dropping.cellAt(ACCIDENT_M);
        dropping.limitCapacity(accident, 0.2);
        steps(dropping, 4_000, 1_200);
        assertThat(flow(dropping, accident)).as("past the accident").isCloseTo(1_200, within(1.0));
        dropping.openAll();

        steps(dropping, 4_000, 240);
        assertThat(flow(dropping, accident)).as("discharge").isCloseTo(0.9 * 6_000, within(60.0));

        steps(dropping, 4_000, 3_600);
        steps(dropping, 5_900, 1_800);
        assertThat(flow(dropping, accident)).as("after the queue").isCloseTo(5_900, within(10.0));
    }

    @Test
    void aMergeThatBreaksDownStaysBelowCapacityUntilDemandFallsBelowTheDischarge() {
        FundamentalDiagram cautious = new FundamentalDiagram(90, 2000, 140, 0.1);
        CellTransmission merge =
                new CellTransmission(cautious, LANES, 8_000, STEP_SECONDS, List.of(Ramp.on(6_000, 0.3)));
        int behind = merge.cellAt(6_500);

        merging(merge, 5_000, 800, 900);
        assertThat(flow(merge, behind)).as("before").isCloseTo(5_800, within(1.0));
        merging(merge, 5_400, 1_200, 900);
        assertThat(flow(merge, behind)).as("broken down").isCloseTo(5_400, within(30.0));
        merging(merge, 5_000, 800, 900);
        assertThat(flow(merge, behind)).as("the queue stays").isCloseTo(5_400, within(30.0));
        merging(merge, 3_000, 500, 3_600);
        merging(merge, 5_000, 800, 900);
        assertThat(flow(merge, behind)).as("recovered").isCloseTo(5_800, within(1.0));
    }

    @Test
    void aQueueSpillsBackOverAnOffRampAndHoldsUpThoseWhoWouldLeave() {
        CellTransmission spilling =
                new CellTransmission(FREEWAY, LANES, 12_000, STEP_SECONDS, List.of(Ramp.off(6_000, 0.2)));
        steps(spilling, 4_500, 900);
        double exits = 4_500 * 0.2;
        assertThat(left(spilling, 4_500)).as("free").isCloseTo(exits, within(2.0));
        spilling.limitCapacity(spilling.cellAt(ACCIDENT_M), 0.2);

        steps(spilling, 4_500, 3_000);

        double held = 0.2 * 6_000 / 0.8 * 0.2;
        assertThat(spilling.vehicles(spilling.cellAt(5_500)) / spilling.cellLengthM() * 1000)
                .as("queue upstream of the ramp, veh/km")
                .isGreaterThan(200);
        assertThat(left(spilling, 4_500)).as("held up").isCloseTo(held, within(10.0));
    }

    @Test
    void noVehicleAppearsOrDisappears() {
        CellTransmission busy = new CellTransmission(
                FREEWAY,
                LANES,
                8_000,
                STEP_SECONDS,
                List.of(Ramp.on(2_000, 0.2), Ramp.off(4_000, 0.15), Ramp.on(6_000, 0.3)));
        double entered = 0;
        for (int step = 0; step < 3_000; step++) {
            busy.limitCapacity(busy.cellAt(7_000), step % 1_000 < 500 ? 0.1 : 1);
            double main = 5 + step % 7;
            busy.step(main, new double[] {1.2, 1.8});
            entered += main + 3;
            assertThat(busy.onRoad() + busy.waiting() + busy.exited()).isCloseTo(entered, within(1e-6));
        }
        for (int cell = 0; cell < busy.cells(); cell++) {
            assertThat(busy.vehicles(cell)).isBetween(0.0, 140 * LANES * busy.cellLengthM() / 1000 + 1e-9);
        }
    }

    @Test
    void atABottleneckTheOnRampAndTheRoadShareTheRoom() {
        CellTransmission merge =
                new CellTransmission(FREEWAY, LANES, 8_000, STEP_SECONDS, List.of(Ramp.on(6_000, 0.3)));
        for (int step = 0; step < 2_000; step++) {
            merge.step(5_400 / 3600.0 * STEP_SECONDS, new double[] {1_400 / 3600.0 * STEP_SECONDS});
        }

        int upstream = merge.cellAt(5_500);
        double flow = merge.passed(upstream) / STEP_SECONDS * 3600;
        double density = merge.vehicles(upstream) / merge.cellLengthM() * 1000;
        assertThat(merge.passed(merge.cellAt(6_500)) / STEP_SECONDS * 3600).isCloseTo(6_000, within(1.0));
        assertThat(flow).isCloseTo(4_600, within(10.0));
        assertThat(flow / density).isLessThan(45);
    }

    @Test
    void anOffRampTakesItsShare() {
        CellTransmission exit =
                new CellTransmission(FREEWAY, LANES, 8_000, STEP_SECONDS, List.of(Ramp.off(4_000, 0.25)));
        for (int step = 0; step < 500; step++) {
            exit.step(4, NO_RAMPS);
        }
        assertThat(exit.passed(exit.cellAt(3_000))).isCloseTo(4, within(1e-6));
        assertThat(exit.passed(exit.cellAt(5_000))).isCloseTo(3, within(1e-6));
    }

    @Test
    void impossibleTrianglesAndRampsAreRefused() {
        assertThatThrownBy(() -> new FundamentalDiagram(90, 2000, 20, 0)).hasMessageContaining("jam density");
        assertThatThrownBy(() -> new Ramp(0, 0.1, 0.1)).hasMessageContaining("either adds or takes");
    }

    private void drive(double vehiclesPerHour, int seconds) {
        for (int step = 0; step < seconds / STEP_SECONDS; step++) {
            road.step(vehiclesPerHour / 3600 * STEP_SECONDS, NO_RAMPS);
        }
    }

    private void closeTo(double factor) {
        road.limitCapacity(road.cellAt(ACCIDENT_M), factor);
    }

    /** Where density passes the middle between free and queued, interpolated between cells. */
    private static double tailM(CellTransmission road, double threshold) {
        for (int cell = 1; cell < road.cells(); cell++) {
            double before = densityVehKm(road, cell - 1);
            double here = densityVehKm(road, cell);
            if (here > threshold) {
                return (cell - 0.5 + (threshold - before) / (here - before)) * road.cellLengthM();
            }
        }
        throw new AssertionError("no queue");
    }

    private double headM() {
        double threshold = 200;
        for (int cell = road.cells() - 2; cell >= 0; cell--) {
            double here = densityVehKm(road, cell);
            double after = densityVehKm(road, cell + 1);
            if (here > threshold) {
                return (cell + 0.5 + (here - threshold) / (here - after)) * road.cellLengthM();
            }
        }
        throw new AssertionError("no queue");
    }

    private static double densityVehKm(CellTransmission road, int cell) {
        return road.vehicles(cell) / road.cellLengthM() * 1000;
    }

    private static void steps(CellTransmission road, double vehiclesPerHour, int seconds) {
        for (int step = 0; step < seconds / STEP_SECONDS; step++) {
            road.step(vehiclesPerHour / 3600 * STEP_SECONDS, NO_RAMPS);
        }
    }

    private static void merging(CellTransmission road, double entryVehH, double rampVehH, int seconds) {
        for (int step = 0; step < seconds / STEP_SECONDS; step++) {
            road.step(entryVehH / 3600 * STEP_SECONDS, new double[] {rampVehH / 3600 * STEP_SECONDS});
        }
    }

    private static double flow(CellTransmission road, int cell) {
        return road.passed(cell) / STEP_SECONDS * 3600;
    }

    /** Vehicles an hour that take the off-ramp: all that leave, less those that reach the end. */
    private static double left(CellTransmission road, double entryVehH) {
        double before = road.exited();
        steps(road, entryVehH, (int) STEP_SECONDS);
        return (road.exited() - before) / STEP_SECONDS * 3600 - flow(road, road.cells() - 1);
    }
}
