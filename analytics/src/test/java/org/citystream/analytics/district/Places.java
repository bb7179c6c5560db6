package org.citystream.analytics.district;

import org.citystream.model.place.GeoPoint;

/** Places at sea where the equator meets the meridian of Greenwich: a kilometre is as many degrees in all directions. */
final class Places {
    /** 360 degrees along a circle with the mean radius of the earth, 6371.0088 km. */
    static final double DEGREES_PER_KM = 360 / (2 * StrictMath.PI * 6371.0088);

    private Places() {}

    static GeoPoint km(double east, double north) {
        return new GeoPoint(north * DEGREES_PER_KM, east * DEGREES_PER_KM);
    }
}
