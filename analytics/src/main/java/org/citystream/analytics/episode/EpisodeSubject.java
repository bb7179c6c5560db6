package org.citystream.analytics.episode;

import org.citystream.model.event.Subject;
import org.citystream.model.place.GeoPoint;
import org.jspecify.annotations.Nullable;

/** What episodes are about, as told in their events. */
public record EpisodeSubject(
        Subject subject, String cityId, @Nullable GeoPoint location) {}
