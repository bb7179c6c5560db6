package org.citystream.analytics.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citystream.model.place.SensorKind.AIR;
import static org.citystream.model.place.SensorKind.TRAFFIC;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.citystream.model.place.Sensor;
import org.citystream.model.wire.JsonCodec;
import org.junit.jupiter.api.Test;

/** The registry over one morning, as its versions arrive in whatever order. */
class SensorLogTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final long NOW = at(0);

    private final SensorLog log = new SensorLog();

    /** Minutes after eight. */
    private static long at(int minute) {
        return EIGHT.plusSeconds(60L * minute).toEpochMilli();
    }

    private static Sensor sensor(String kind, String id, String more) {
        String json = ("{'sensorId':'" + id + "','kind':'" + kind + "','cityId':'lindholm','version':1" + more + "}")
                .replace('\'', '"');
        return JsonCodec.read(json.getBytes(StandardCharsets.UTF_8), Sensor.class);
    }

    private static Sensor loop(String id, String more) {
        return sensor("traffic", id, more);
    }

    private static Sensor from(Sensor sensor, int version, int minute) {
        return sensor.withVersion(version, EIGHT.plusSeconds(60L * minute));
    }

    private int versionAt(int minute) {
        return Objects.requireNonNull(log.sensor("loop-1", at(minute))).version();
    }

    private static List<String> ids(List<SubjectProfile> subjects) {
        return subjects.stream().map(SubjectProfile::subjectId).toList();
    }

    private static List<String> sensors(SubjectProfile profile) {
        return profile.sensors().stream().map(Sensor::sensorId).toList();
    }

    @Test
    void whatHeldIsTheLatestEntryAtOrBeforeTheMoment() {
        log.apply(from(loop("loop-1", ""), 3, 20));
        log.apply(from(loop("loop-1", ""), 1, 0));
        log.apply(from(loop("loop-1", ""), 2, 10));

        assertThat(versionAt(-100)).as("before its first entry as that says").isEqualTo(1);
        assertThat(versionAt(9)).isEqualTo(1);
        assertThat(versionAt(10)).isEqualTo(2);
        assertThat(versionAt(20)).isEqualTo(3);
        assertThat(log.sensor("loop-2", NOW)).isNull();
    }

    @Test
    void ofTwoEntriesFromTheSameMomentTheHigherVersionHolds() {
        log.apply(from(loop("loop-1", ""), 2, 0));
        log.apply(from(loop("loop-1", ""), 1, 0));
        assertThat(versionAt(0)).isEqualTo(2);
    }

    @Test
    void aReadingBelongsToTheEntryThatHeldWhileItWasMade() {
        log.apply(from(loop("loop-1", ""), 1, 0));
        log.apply(from(loop("loop-1", ""), 2, 10));

        assertThat(Objects.requireNonNull(log.observer("loop-1", at(10))).version())
                .as("it covers the time up to the change")
                .isEqualTo(1);
        assertThat(Objects.requireNonNull(log.observer("loop-1", at(10) + 1)).version())
                .isEqualTo(2);
    }

    @Test
    void aVersionThatIsKnownIsNoChange() {
        assertThat(log.apply(loop("loop-1", ""))).isTrue();
        SubjectProfile before = log.profile(TRAFFIC, "loop-1", NOW);
        assertThat(log.apply(loop("loop-1", ""))).isFalse();
        assertThat(log.profile(TRAFFIC, "loop-1", NOW)).isSameAs(before);
        assertThat(log.apply(loop("loop-1", ",'laneCount':2")))
                .as("the same version, mended")
                .isTrue();
        assertThat(log.profile(TRAFFIC, "loop-1", NOW)).isNotEqualTo(before);
    }

    @Test
    void sensorsOfAKindAreListedByIdWithoutRetiredOnes() {
        log.apply(loop("loop-2", ""));
        log.apply(loop("loop-1", ""));
        log.apply(sensor("air", "box-1", ""));
        log.apply(from(loop("loop-2", "").asRetired(), 2, 10));

        assertThat(log.sensors(TRAFFIC, at(9))).extracting(Sensor::sensorId).containsExactly("loop-1", "loop-2");
        assertThat(log.sensors(TRAFFIC, at(10))).extracting(Sensor::sensorId).containsExactly("loop-1");
        assertThat(log.sensors(AIR, NOW)).extracting(Sensor::sensorId).containsExactly("box-1");
    }

    @Test
    void aSegmentIsWhatItsSensorsSayOfIt() {
        log.apply(loop("loop-2", ",'roadSegmentId':'ring-1','name':'second','corridorId':'ring','laneCount':2"));
        log.apply(loop("loop-1", ",'roadSegmentId':'ring-1','corridorId':'first','expectedIntervalSeconds':30"));
        SubjectProfile ring = log.profile(TRAFFIC, "ring-1", NOW);

        assertThat(sensors(ring)).containsExactly("loop-1", "loop-2");
        assertThat(ring.name()).as("the first that says anything").isEqualTo("second");
        assertThat(ring.corridorId()).isEqualTo("first");
        assertThat(ring.expectedIntervalSeconds()).as("the longest").isEqualTo(60);
        assertThat(ring.counts("loop-1")).isTrue();
        assertThat(ring.counts("loop-3")).isFalse();
        assertThat(ring.sensor("loop-2")).isNotNull();
        assertThat(ring.isRegistered()).isTrue();
        assertThat(ring.isRetired()).isFalse();
    }

    @Test
    void ofASegmentThatTheRegistryDoesNotKnowEveryReadingCounts() {
        SubjectProfile unknown = log.profile(TRAFFIC, "ring-1", NOW);
        assertThat(unknown.counts("loop-1")).isTrue();
        assertThat(unknown.isRegistered()).isFalse();
        assertThat(unknown.isRetired()).isFalse();
        assertThat(unknown.expectedIntervalSeconds()).isEqualTo(60);
        assertThat(unknown.uploadIntervalSeconds()).isEqualTo(60);
        assertThat(log.retiredSince(TRAFFIC, "ring-1")).isEqualTo(Long.MAX_VALUE);
        assertThat(log.retiredAt(TRAFFIC, "ring-1", at(0), at(100))).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aSensorThatMovesLeavesOneSegmentForAnother() {
        log.apply(from(loop("loop-1", ",'roadSegmentId':'ring-1'"), 1, 0));
        log.apply(from(loop("loop-1", ",'roadSegmentId':'ring-2'"), 2, 10));

        assertThat(sensors(log.profile(TRAFFIC, "ring-1", at(9)))).containsExactly("loop-1");
        assertThat(log.profile(TRAFFIC, "ring-1", at(10)).isRetired()).isTrue();
        assertThat(log.profile(TRAFFIC, "ring-1", at(10)).counts("loop-1")).isFalse();
        assertThat(sensors(log.profile(TRAFFIC, "ring-2", at(10)))).containsExactly("loop-1");
        assertThat(log.profiles(TRAFFIC, "ring-1")).containsOnlyKeys(Long.MIN_VALUE, at(10));
    }

    @Test
    void aSegmentIsRetiredFromWhenItsLastSensorIsUntilOneIsBack() {
        log.apply(from(loop("loop-1", ""), 1, 0));
        log.apply(from(loop("loop-1", "").asRetired(), 2, 10));
        assertThat(log.retiredSince(TRAFFIC, "loop-1")).isEqualTo(at(10));
        assertThat(log.retiredAt(TRAFFIC, "loop-1", at(0), at(10)))
                .as("until, exclusive")
                .isEqualTo(Long.MAX_VALUE);
        assertThat(log.retiredAt(TRAFFIC, "loop-1", at(0), at(11))).isEqualTo(at(10));
        assertThat(log.retiredAt(TRAFFIC, "loop-1", at(15), at(20))).isEqualTo(at(15));
        assertThat(log.retiredAt(TRAFFIC, "loop-1", at(15), at(15))).isEqualTo(Long.MAX_VALUE);

        log.apply(from(loop("loop-1", ""), 3, 30));
        assertThat(log.retiredSince(TRAFFIC, "loop-1")).isEqualTo(Long.MAX_VALUE);
        assertThat(log.retiredAt(TRAFFIC, "loop-1", at(0), at(100))).isEqualTo(at(10));
        assertThat(log.retiredAt(TRAFFIC, "loop-1", at(30), at(100))).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aCorridorIsItsSegmentsInDrivingDirection() {
        log.apply(loop("c", ",'corridorId':'ring','corridorPositionM':100"));
        log.apply(loop("a", ",'corridorId':'ring','corridorPositionM':900"));
        log.apply(loop("b", ",'corridorId':'ring','corridorPositionM':100"));
        log.apply(loop("nowhere", ",'corridorId':'ring'"));
        log.apply(loop("d", ",'corridorId':'quay','corridorPositionM':1"));

        List<SubjectProfile> ring = log.corridor("ring", NOW);
        assertThat(ids(ring)).containsExactly("b", "c", "a");
        assertThat(log.corridor("ring", NOW)).isSameAs(ring);
        assertThat(ids(log.corridor("quay", NOW))).containsExactly("d");
        assertThat(log.corridor("unknown", NOW)).isEmpty();

        log.apply(from(loop("a", ",'corridorId':'quay','corridorPositionM':5"), 2, 10));
        assertThat(ids(log.corridor("ring", at(9)))).containsExactly("b", "c", "a");
        assertThat(ids(log.corridor("ring", at(10)))).containsExactly("b", "c");
        assertThat(ids(log.corridor("quay", at(10)))).containsExactly("d", "a");
    }

    @Test
    void aCorridorIsRetiredWithItsLastSegment() {
        Sensor loop = loop("a", ",'corridorId':'ring','corridorPositionM':900");
        log.apply(from(loop, 1, 0));
        assertThat(log.corridorRetiredSince("ring")).isEqualTo(Long.MAX_VALUE);
        log.apply(from(loop.asRetired(), 2, 10));
        assertThat(log.corridorRetiredSince("ring")).isEqualTo(at(10));
        assertThat(log.corridorRetiredAt("ring", at(0), at(100))).isEqualTo(at(10));
        assertThat(log.corridorRetiredSince("unknown")).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aDistrictIsDrawnOrTheCity() {
        log.apply(sensor("air", "park", ",'attributes':{'district':'old-town'}"));
        log.apply(sensor("air", "harbour", ""));
        SubjectProfile park = log.profile(AIR, "park", NOW);
        SubjectProfile harbour = log.profile(AIR, "harbour", NOW);

        assertThat(park.districtId()).isEqualTo("old-town");
        assertThat(park.isDistrictDrawn()).isTrue();
        assertThat(harbour.districtId()).isEqualTo("lindholm");
        assertThat(harbour.isDistrictDrawn()).isFalse();
        assertThat(ids(log.district("old-town", NOW))).containsExactly("park");
        assertThat(ids(log.district("lindholm", NOW))).containsExactly("harbour");

        log.apply(from(sensor("air", "park", "").asRetired(), 2, 10));
        assertThat(log.districtRetiredSince("old-town")).isEqualTo(at(10));
        assertThat(log.districtRetiredAt("old-town", at(0), at(100))).isEqualTo(at(10));
        assertThat(log.districtRetiredSince("lindholm")).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aPlaceWithoutATimeZoneOrWithNonsenseForOneKeepsUtc() {
        log.apply(sensor("air", "a", ",'timeZone':'Europe/Stockholm'"));
        log.apply(sensor("air", "b", ",'timeZone':'Europe/Nowhere'"));
        log.apply(sensor("air", "c", ""));
        assertThat(log.profile(AIR, "a", NOW).zone()).isEqualTo(ZoneId.of("Europe/Stockholm"));
        assertThat(log.profile(AIR, "b", NOW).zone()).isEqualTo(ZoneOffset.UTC);
        assertThat(log.profile(AIR, "c", NOW).zone()).isEqualTo(ZoneOffset.UTC);
    }

    @Test
    void aFingerprintKnowsWhatHeldBeforeAndNothingLater() {
        Sensor loop = loop("loop-1", "");
        log.apply(from(loop, 1, 0));
        long before = log.fingerprint(TRAFFIC, "loop-1", at(10));
        log.apply(from(loop("loop-1", ",'laneCount':2"), 2, 10));

        assertThat(log.fingerprint(TRAFFIC, "loop-1", at(10))).isEqualTo(before);
        long after = log.fingerprint(TRAFFIC, "loop-1", at(10) + 1);
        assertThat(after).isNotEqualTo(before);

        SensorLog other = new SensorLog();
        other.apply(from(loop("loop-1", ",'laneCount':2"), 2, 10));
        other.apply(from(loop, 1, 0));
        assertThat(other.fingerprint(TRAFFIC, "loop-1", at(10) + 1))
                .as("however versions arrive")
                .isEqualTo(after);
        other.forget(TRAFFIC, "loop-1");
        assertThat(other.fingerprint(TRAFFIC, "loop-1", at(10) + 1)).isEqualTo(after);
    }
}
