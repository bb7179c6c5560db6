package org.citystream.analytics.district;

import java.util.TreeMap;

/**
 * State of a district. Never changed once a fold has returned it.
 *
 * @param areas where each rule stands, by rule id; rules of which there is nothing to remember are left out
 */
public record DistrictState(TreeMap<String, Areas> areas) {}
