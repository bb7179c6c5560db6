package org.citystream.stack.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
    private static final Map<String, Set<FaultKind>> PERMITTED = Map.of(
            "gateway", EnumSet.of(FaultKind.KILL, FaultKind.PAUSE, FaultKind.RESTART),
            "kafka", EnumSet.of(FaultKind.KILL, FaultKind.RESTART),
            "mqtt", EnumSet.of(FaultKind.PAUSE),
            "dashboard", EnumSet.noneOf(FaultKind.class));

    @Test
    void thePlanFollowsFromTheSeedWhateverOrderTheComponentsComeIn() {
        Map<String, Set<FaultKind>> otherOrder = new LinkedHashMap<>();
        List.of("mqtt", "dashboard", "kafka", "gateway").forEach(name -> otherOrder.put(name, PERMITTED.get(name)));

        assertThat(FaultPlan.of(7, 40, otherOrder)).isEqualTo(FaultPlan.of(7, 40, PERMITTED));
        assertThat(FaultPlan.of(8, 40, PERMITTED)).isNotEqualTo(FaultPlan.of(7, 40, PERMITTED));
    }

    @Test
    void aLongerPlanBeginsAsTheShorterOne() {
        assertThat(FaultPlan.of(7, 40, PERMITTED))
                .startsWith(FaultPlan.of(7, 10, PERMITTED).toArray(PlannedFault[]::new));
    }

    /** Written down, so that the seeds of published results mean the same tomorrow. */
    @Test
    void seedOneMeansTheseFaults() {
        assertThat(FaultPlan.of(1, 4, PERMITTED))
                .extracting(fault -> fault.component() + " " + fault.kind().wireName())
                .containsExactly("kafka kill", "mqtt pause", "gateway pause", "gateway kill");
    }

    @Test
    void onlyWhatIsPermittedIsDoneAndEveryComponentComesBeforeAnyComesAgain() {
        List<PlannedFault> plan = FaultPlan.of(3, 300, PERMITTED);

        assertThat(plan).hasSize(300).allSatisfy(fault -> {
            assertThat(PERMITTED.get(fault.component())).contains(fault.kind());
            assertThat(fault.calm()).isBetween(Duration.ZERO, Duration.ofSeconds(5));
            assertThat(fault.hold()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(20));
        });
        assertThat(plan).extracting(PlannedFault::number).startsWith(1, 2, 3).endsWith(300);
        for (int i = 0; i < plan.size(); i += 3) {
            assertThat(plan.subList(i, i + 3))
                    .extracting(PlannedFault::component)
                    .containsExactlyInAnyOrder("gateway", "kafka", "mqtt");
        }
        assertThat(plan)
                .filteredOn(fault -> fault.component().equals("gateway"))
                .extracting(PlannedFault::kind)
                .contains(FaultKind.KILL, FaultKind.PAUSE, FaultKind.RESTART);
    }

    @Test
    void nothingToBreakIsSaid() {
        assertThatThrownBy(() -> FaultPlan.of(1, 1, Map.of("dashboard", Set.of())))
                .hasMessage("there is no component that may be broken");
    }
}
