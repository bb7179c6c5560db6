package org.citystream.alerting.label;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.place.Place;
import org.citystream.model.event.CityEvent;
import org.citystream.model.event.SubjectType;
import org.jspecify.annotations.Nullable;

/**
 * An alert's labels: those of its rule, and what is known of every alert. The latter win where both have a name. An
 * absent label and an empty one are the same.
 */
public final class LabelSet {
    /** Name of the label that Alertmanager's configurations ask for; here the rule's id. */
    public static final String ALERTNAME = "alertname";

    public static final String SUBJECT = "subject";
    public static final String CORRIDOR = "corridor";
    public static final String DISTRICT = "district";

    private final SortedMap<String, String> values;

    private LabelSet(SortedMap<String, String> values) {
        this.values = values;
    }

    public static LabelSet of(Map<String, String> values) {
        TreeMap<String, String> sorted = new TreeMap<>(values);
        sorted.values().removeIf(String::isEmpty);
        return new LabelSet(sorted);
    }

    /** The labels that routes see. */
    public static LabelSet of(Alert alert, Place place) {
        CityEvent event = alert.current();
        TreeMap<String, String> values = new TreeMap<>();
        if (event.labels() != null) {
            values.putAll(event.labels());
        }
        values.put(ALERTNAME, event.rule().id());
        values.put("rule", event.rule().id());
        values.put("kind", event.kind().wireName());
        values.put("severity", event.severity().wireName());
        values.put("city", event.cityId());
        values.put(SUBJECT, event.subject().id());
        values.put("subject_type", event.subject().type().wireName());
        values.put(CORRIDOR, orEmpty(place.corridor()));
        values.put(DISTRICT, orEmpty(place.district()));
        if (event.subject().type() == SubjectType.CORRIDOR) {
            values.put(CORRIDOR, event.subject().id());
        } else if (event.subject().type() == SubjectType.DISTRICT) {
            values.put(DISTRICT, event.subject().id());
        }
        return of(values);
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** The value; empty if there is none. */
    public String get(String name) {
        return values.getOrDefault(name, "");
    }

    public SortedMap<String, String> asMap() {
        return new TreeMap<>(values);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LabelSet labels && labels.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
