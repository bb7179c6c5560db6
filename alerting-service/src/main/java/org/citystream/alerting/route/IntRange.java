package org.citystream.alerting.route;

/** Whole numbers, both ends inclusive. */
public record IntRange(int from, int to) {
    boolean contains(int value) {
        return value >= from && value <= to;
    }
}
