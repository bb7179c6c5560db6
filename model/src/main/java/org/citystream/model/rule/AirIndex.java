package org.citystream.model.rule;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.citystream.model.wire.WireName;

/**
 * Air-quality indices; levels count from 1 (good) to 6. Their tables of concentrations lie beside this class:
 * {@code european-index-2024.csv} and {@code us-aqi-2024.csv}.
 */
public enum AirIndex {
    EUROPEAN(List.of("good", "fair", "moderate", "poor", "very-poor", "extremely-poor")),
    US_AQI(List.of("good", "moderate", "unhealthy-for-sensitive-groups", "unhealthy", "very-unhealthy", "hazardous"));

    private final List<String> levels;

    AirIndex(List<String> levels) {
        this.levels = levels;
    }

    /** Level names, best first. */
    public List<String> levels() {
        return levels;
    }

    /** Name of level 1..6. */
    public String levelName(int level) {
        return levels.get(level - 1);
    }

    /**
     * Number 1..6 of a level name.
     *
     * @throws IllegalArgumentException naming the known levels
     */
    public int level(String name) {
        int index = levels.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("'" + name + "' is not one of " + String.join(", ", levels));
        }
        return index + 1;
    }

    @JsonValue
    public String wireName() {
        return WireName.of(this);
    }
}
