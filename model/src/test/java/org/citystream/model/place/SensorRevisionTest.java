package org.citystream.model.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citystream.model.reading.ClockState;
import org.citystream.model.wire.FieldChange;
import org.citystream.model.wire.JsonCodec;
import org.junit.jupiter.api.Test;

class SensorRevisionTest {
    private static final Optional<ClockState> HALF_PAST_EIGHT =
            Optional.of(new ClockState(Instant.parse("2026-11-23T08:30:10Z"), 1, null, null));

    private final Sensor loop = sensor("{'sensorId':'loop-1','kind':'traffic','cityId':'c','laneCount':2}");

    @Test
    void aNewSensorIsExpectedFromTheEarliestMinute() {
        assertThat(SensorRevision.of(List.of(loop), Map.of(), HALF_PAST_EIGHT).added())
                .singleElement()
                .satisfies(first -> {
                    assertThat(first.key()).isEqualTo("loop-1@1");
                    assertThat(first.effectiveFrom()).isEqualTo("2026-11-23T08:32:00Z");
                });
    }

    @Test
    void aNewSensorMayHaveBeenThereForLong() {
        Instant built = Instant.parse("2020-01-01T00:00:00Z");

        assertThat(SensorRevision.of(List.of(loop.withVersion(9, built)), Map.of(), HALF_PAST_EIGHT)
                        .added())
                .containsExactly(loop.withVersion(1, built));
    }

    @Test
    void whereNothingHasBeenDecidedYetEntriesHoldFromTheBeginning() {
        assertThat(SensorRevision.of(List.of(loop), Map.of(), Optional.empty()).added())
                .containsExactly(loop.withVersion(1, Instant.EPOCH));
    }

    @Test
    void aSensorThatIsAsWantedIsNotWrittenAgain() {
        SensorRevision revision = SensorRevision.of(
                List.of(loop.withVersion(5, Instant.EPOCH)),
                Map.of("loop-1", loop.withVersion(3, Instant.parse("2026-01-01T00:00:00Z"))),
                HALF_PAST_EIGHT);

        assertThat(revision.changes()).isEmpty();
        assertThat(revision.unchanged()).isEqualTo(1);
    }

    @Test
    void aChangedSensorGetsTheNextVersionAndTellsWhatChanged() {
        Sensor wider = sensor("{'sensorId':'loop-1','kind':'traffic','cityId':'c','laneCount':3,'name':'Ring'}");

        SensorRevision revision = SensorRevision.of(
                List.of(wider), Map.of("loop-1", loop.withVersion(3, Instant.EPOCH)), HALF_PAST_EIGHT);

        assertThat(revision.added()).extracting(Sensor::key).containsExactly("loop-1@4");
        assertThat(revision.added().get(0).effectiveFrom()).isEqualTo("2026-11-23T08:32:00Z");
        assertThat(revision.changes().get(0).fields())
                .extracting(FieldChange::path)
                .containsExactly("name", "laneCount");
    }

    @Test
    void aLaterVersionNeverHoldsBeforeAnEarlierOne() {
        Instant noon = Instant.parse("2026-11-23T12:00:00Z");

        assertThat(SensorRevision.of(
                                List.of(loop.asRetired()), Map.of("loop-1", loop.withVersion(1, noon)), HALF_PAST_EIGHT)
                        .added())
                .singleElement()
                .satisfies(retired -> {
                    assertThat(retired.retired()).isTrue();
                    assertThat(retired.effectiveFrom()).isEqualTo(noon);
                });
    }

    private static Sensor sensor(String json) {
        return JsonCodec.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), Sensor.class);
    }
}
