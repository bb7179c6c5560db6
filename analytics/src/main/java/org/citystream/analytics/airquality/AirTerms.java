package org.citystream.analytics.airquality;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.citystream.model.rule.AirIndex;
import org.citystream.model.rule.Averaging;
import org.citystream.model.rule.Condition;
import org.citystream.model.rule.Pollutant;

/** Limits and levels in words and as evidence, the same wherever they are told of. */
public final class AirTerms {
    private AirTerms() {}

    /** As in {@code NO2} and {@code PM2.5}. */
    public static String name(Pollutant pollutant) {
        return pollutant == Pollutant.PM25 ? "PM2.5" : pollutant.name();
    }

    public static String name(AirIndex index) {
        return index == AirIndex.EUROPEAN ? "European air quality index" : "US AQI";
    }

    /** As in {@code very poor}. */
    public static String level(AirIndex index, int level) {
        return index.levelName(level).replace('-', ' ');
    }

    /** As in {@code 212.5 µg/m³}: to one decimal. */
    public static String concentration(BigDecimal value, Pollutant pollutant) {
        return value.setScale(1, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString() + " " + pollutant.unit();
    }

    /** As in {@code one hour}. */
    public static String period(Averaging averaging) {
        return switch (averaging) {
            case HOUR -> "one hour";
            case EIGHT_HOURS, TWENTY_FOUR_HOURS -> averaging.hours() + " hours";
            case DAY -> "the day";
        };
    }

    /** As in {@code limit 200 µg/m³ for 3 consecutive hours}. */
    public static String limit(Condition.Exceedance exceedance) {
        String unit = exceedance.averaging() == Averaging.DAY ? "day" : "hour";
        return "limit " + concentration(BigDecimal.valueOf(exceedance.above()), exceedance.pollutant()) + " for "
                + exceedance.consecutive() + " consecutive " + unit + (exceedance.consecutive() == 1 ? "" : "s");
    }

    /** Adds {@code threshold}. */
    public static void addThreshold(Condition.Exceedance exceedance, ObjectNode evidence) {
        boolean byDay = exceedance.averaging() == Averaging.DAY;
        evidence.putObject("threshold")
                .put("above", exceedance.above())
                .put("unit", exceedance.pollutant().unit())
                .put("averaging", exceedance.averaging().wireName())
                .put(byDay ? "consecutiveDays" : "consecutiveHours", exceedance.consecutive());
    }

    /** Adds {@code threshold}. */
    public static void addThreshold(Condition.IndexLevel condition, ObjectNode evidence) {
        evidence.putObject("threshold")
                .put("enterLevelAtLeast", condition.index().levelName(condition.enterLevelAtLeast()))
                .put("enterFor", condition.enterFor().toString())
                .put("exitLevelAtMost", condition.index().levelName(condition.exitLevelAtMost()))
                .put("exitFor", condition.exitFor().toString());
    }
}
