package org.citystream.analytics.district;

import org.citystream.analytics.airquality.StationHour;
import org.citystream.analytics.place.SubjectProfile;
import org.citystream.model.place.GeoPoint;
import org.jspecify.annotations.Nullable;

/**
 * A station of a district in one hour.
 *
 * @param hour absent: it said nothing
 */
record Neighbour(SubjectProfile profile, @Nullable StationHour hour) {
    /** Urban background stations stand for some kilometres around them (2008/50/EC Annex III); so far apart they still meet. */
    static final double NEIGHBOURS_WITHIN_M = 10_000;

    String id() {
        return profile.subjectId();
    }

    String name() {
        String name = profile.name();
        return name == null ? id() : name;
    }

    /** Whether air that is bad at both is likely to be the same: in a district that somebody has drawn, or close by. */
    boolean isNeighbourOf(Neighbour other) {
        if (profile.isDistrictDrawn()) {
            return true;
        }
        GeoPoint here = profile.location();
        GeoPoint there = other.profile.location();
        return here != null && there != null && Outline.distanceM(here, there) <= NEIGHBOURS_WITHIN_M;
    }
}
