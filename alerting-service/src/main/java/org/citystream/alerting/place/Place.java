package org.citystream.alerting.place;

import java.util.Set;
import org.citystream.model.place.GeoPoint;
import org.jspecify.annotations.Nullable;

/**
 * Where a subject lies, as far as the registry knows.
 *
 * @param sensors that stand for the subject
 */
public record Place(
        @Nullable String corridor,
        @Nullable String district,
        Set<String> sensors,
        @Nullable GeoPoint location) {

    public static final Place UNKNOWN = new Place(null, null, Set.of(), null);
}
