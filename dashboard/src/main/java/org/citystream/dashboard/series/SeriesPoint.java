package org.citystream.dashboard.series;

import java.time.Instant;

/**
 * One value of a series.
 *
 * @param at end of the window
 * @param value a {@link Double} or a {@link String}
 */
public record SeriesPoint(Instant at, Object value) {}
