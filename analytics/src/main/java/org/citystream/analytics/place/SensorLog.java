package org.citystream.analytics.place;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citystream.analytics.pane.Identity;
import org.citystream.model.place.Sensor;
import org.citystream.model.place.SensorKind;
import org.citystream.model.wire.JsonCodec;
import org.jspecify.annotations.Nullable;

/**
 * The sensor registry as a log of versions: what held at a time is the entry with the latest {@code effectiveFrom} at or
 * before it, of several the highest version; before its first entry a sensor is taken as its first entry says. Versions
 * arrive in any order and any number of times. Not thread-safe.
 */
public final class SensorLog {
    private final Map<String, TreeMap<Integer, Sensor>> versions = new HashMap<>();
    private final Map<String, TreeMap<Long, Sensor>> effective = new HashMap<>();
    /** Sensors that ever belonged to a subject. */
    private final Map<String, TreeSet<String>> members = new HashMap<>();

    /** By kind and subject: asked for at every pane, so that not even a key is put together. */
    private final Map<SensorKind, Map<String, Timeline>> timelines = new EnumMap<>(SensorKind.class);

    private final SubjectGroups corridors = new SubjectGroups(
            segmentId -> profiles(SensorKind.TRAFFIC, segmentId),
            (corridorId, segment) ->
                    corridorId.equals(segment.corridorId()) && segment.first(Sensor::corridorPositionM) != null,
            Comparator.comparing((SubjectProfile segment) ->
                            Objects.requireNonNull(segment.first(Sensor::corridorPositionM)))
                    .thenComparing(SubjectProfile::subjectId));
    private final SubjectGroups districts = new SubjectGroups(
            stationId -> profiles(SensorKind.AIR, stationId),
            (districtId, station) -> districtId.equals(station.districtId()),
            Comparator.comparing(SubjectProfile::subjectId));

    /** Adds a version; false if it was known. */
    public boolean apply(Sensor sensor) {
        TreeMap<Integer, Sensor> known = versions.computeIfAbsent(sensor.sensorId(), id -> new TreeMap<>());
        Sensor before = known.put(sensor.version(), sensor);
        if (sensor.equals(before)) {
            return false;
        }
        TreeMap<Long, Sensor> byTime = new TreeMap<>();
        for (Sensor version : known.values()) {
            byTime.put(from(version), version);
        }
        effective.put(sensor.sensorId(), byTime);
        members.computeIfAbsent(key(sensor.kind(), sensor.subjectId()), key -> new TreeSet<>())
                .add(sensor.sensorId());
        for (Sensor version : known.values()) {
            timelines(version.kind()).remove(version.subjectId());
            if (version.kind() == SensorKind.TRAFFIC) {
                corridors.changed(version.subjectId(), present(version.corridorId()));
            } else {
                districts.changed(version.subjectId(), present(version.cityId(), SubjectProfile.district(version)));
            }
        }
        return true;
    }

    private static long from(Sensor sensor) {
        Instant from = sensor.effectiveFrom();
        return from == null ? Long.MIN_VALUE : from.toEpochMilli();
    }

    /** The entry that held at a time, retired ones included; null if the sensor is not registered. */
    public @Nullable Sensor sensor(String sensorId, long at) {
        TreeMap<Long, Sensor> byTime = effective.get(sensorId);
        if (byTime == null) {
            return null;
        }
        Map.Entry<Long, Sensor> entry = byTime.floorEntry(at);
        return entry == null ? byTime.firstEntry().getValue() : entry.getValue();
    }

    /**
     * The entry that held when a reading was made. {@code observedAt} is the end, exclusive, of what it covers: what was
     * observed up to the moment of a change belongs to the entry before it.
     */
    public @Nullable Sensor observer(String sensorId, long observedAt) {
        return sensor(sensorId, observedAt - 1);
    }

    /** All sensors of a kind that are known, ascending, as they are at a time; retired ones left out. */
    public List<Sensor> sensors(SensorKind kind, long at) {
        List<Sensor> sensors = new ArrayList<>();
        for (String id : new TreeSet<>(effective.keySet())) {
            Sensor sensor = sensor(id, at);
            if (sensor != null && sensor.kind() == kind && !sensor.retired()) {
                sensors.add(sensor);
            }
        }
        return sensors;
    }

    /** What is known of a road segment (traffic) or station (air) at a time. The same object while nothing changes. */
    public SubjectProfile profile(SensorKind kind, String subjectId, long at) {
        return timeline(kind, subjectId).at(at);
    }

    /** Changes of a subject's profile: from when which profile holds. The first holds from the beginning of time. */
    public NavigableMap<Long, SubjectProfile> profiles(SensorKind kind, String subjectId) {
        return timeline(kind, subjectId).profiles;
    }

    /**
     * From when on, and for good as far as is known, a subject has no sensor that it once had, epoch ms; {@link
     * Long#MAX_VALUE}: it has one, or never had.
     */
    public long retiredSince(SensorKind kind, String subjectId) {
        return Moments.since(profiles(kind, subjectId), SubjectProfile::isRetired);
    }

    /**
     * The first moment from {@code from} until {@code to}, epoch ms, at which a subject had no sensor, of those that it once had;
     * {@link Long#MAX_VALUE}: none.
     */
    public long retiredAt(SensorKind kind, String subjectId, long from, long to) {
        return Moments.first(profiles(kind, subjectId), SubjectProfile::isRetired, from, to);
    }

    /** From when on, and for good as far as is known, no segment lies on a corridor that did; likewise. */
    public long corridorRetiredSince(String corridorId) {
        return corridors.emptySince(corridorId);
    }

    /** From when on, and for good as far as is known, no station belongs to a district that did; likewise. */
    public long districtRetiredSince(String districtId) {
        return districts.emptySince(districtId);
    }

    /** As {@link #retiredAt}, of a corridor without segments. */
    public long corridorRetiredAt(String corridorId, long from, long to) {
        return corridors.emptyAt(corridorId, from, to);
    }

    /** As {@link #retiredAt}, of a district without stations. */
    public long districtRetiredAt(String districtId, long from, long to) {
        return districts.emptyAt(districtId, from, to);
    }

    private static Set<String> present(@Nullable String... ids) {
        return Stream.of(ids).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    /** The road segments with a position on a corridor at a time, in driving direction. The same list while nothing changes. */
    public List<SubjectProfile> corridor(String corridorId, long at) {
        return corridors.at(corridorId, at);
    }

    /** The air stations of a district ({@link SubjectProfile#districtId}) at a time, by id. The same list while nothing changes. */
    public List<SubjectProfile> district(String districtId, long at) {
        return districts.at(districtId, at);
    }

    /** Lets go of what has been worked out of a subject; asked for again, it is worked out again. */
    public void forget(SensorKind kind, String subjectId) {
        timelines(kind).remove(subjectId);
    }

    /** Fingerprint of the profiles that held at any time before {@code upTo}. */
    public long fingerprint(SensorKind kind, String subjectId, long upTo) {
        return timeline(kind, subjectId).fingerprint(upTo);
    }

    private Timeline timeline(SensorKind kind, String subjectId) {
        Map<String, Timeline> ofKind = timelines(kind);
        Timeline known = ofKind.get(subjectId);
        if (known == null) {
            known = build(kind, subjectId);
            ofKind.put(subjectId, known);
        }
        return known;
    }

    private Map<String, Timeline> timelines(SensorKind kind) {
        return timelines.computeIfAbsent(kind, each -> new HashMap<>());
    }

    private Timeline build(SensorKind kind, String subjectId) {
        String key = key(kind, subjectId);
        TreeSet<String> sensorIds = members.getOrDefault(key, new TreeSet<>());
        TreeSet<Long> changes = new TreeSet<>();
        changes.add(Long.MIN_VALUE);
        for (String id : sensorIds) {
            TreeMap<Long, Sensor> byTime = effective.get(id);
            if (byTime != null) {
                // What a first entry says also holds before it.
                byTime.keySet().stream().skip(1).forEach(changes::add);
            }
        }
        TreeMap<Long, SubjectProfile> profiles = new TreeMap<>();
        for (Long from : changes) {
            List<Sensor> present = new ArrayList<>();
            for (String id : sensorIds) {
                Sensor sensor = sensor(id, from);
                if (sensor != null
                        && !sensor.retired()
                        && key(sensor.kind(), sensor.subjectId()).equals(key)) {
                    present.add(sensor);
                }
            }
            profiles.put(from, new SubjectProfile(kind, subjectId, List.copyOf(present), !sensorIds.isEmpty()));
        }
        return new Timeline(profiles);
    }

    private static String key(SensorKind kind, String subjectId) {
        return kind.ordinal() + subjectId;
    }

    private static final class Timeline {
        private final TreeMap<Long, SubjectProfile> profiles;
        /** From when each profile holds; the first since ever. */
        private final long[] from;

        private final SubjectProfile[] held;
        /** Of each profile and those before it. */
        private final long[] fingerprints;

        Timeline(TreeMap<Long, SubjectProfile> profiles) {
            this.profiles = profiles;
            this.from = new long[profiles.size()];
            this.held = profiles.values().toArray(SubjectProfile[]::new);
            this.fingerprints = new long[from.length];
            long fingerprint = 0;
            int i = 0;
            for (Map.Entry<Long, SubjectProfile> entry : profiles.entrySet()) {
                for (Sensor sensor : entry.getValue().sensors()) {
                    fingerprint = fingerprint * 31 + Identity.hash(JsonCodec.write(sensor));
                }
                fingerprint = fingerprint * 31 + 1;
                from[i] = entry.getKey();
                fingerprints[i++] = fingerprint;
            }
        }

        SubjectProfile at(long at) {
            int i = from.length - 1;
            while (from[i] > at) {
                i--;
            }
            return held[i];
        }

        long fingerprint(long upTo) {
            for (int i = from.length - 1; i >= 0; i--) {
                if (from[i] < upTo) {
                    return fingerprints[i];
                }
            }
            return 0;
        }
    }
}
