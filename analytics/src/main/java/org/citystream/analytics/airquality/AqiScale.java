package org.citystream.analytics.airquality;

import org.citystream.analytics.table.Table;
import org.citystream.model.rule.Pollutant;

/** The averages that the US AQI has breakpoints for, each in the unit of its table. */
public enum AqiScale {
    /** µg/m³; the current value is a NowCast. */
    PM25_24H(Pollutant.PM25, "PM2.5", "24h"),
    /** µg/m³; the current value is a NowCast. */
    PM10_24H(Pollutant.PM10, "PM10", "24h"),
    /** ppm; defined up to index 300. */
    O3_8H(Pollutant.O3, "O3", "8h"),
    /** ppm; defined from 0.125 ppm. */
    O3_1H(Pollutant.O3, "O3", "1h"),
    /** ppm. */
    CO_8H(Pollutant.CO, "CO", "8h"),
    /** ppb; defined up to index 200. */
    SO2_1H(Pollutant.SO2, "SO2", "1h"),
    /** ppb; defined from index 201. */
    SO2_24H(Pollutant.SO2, "SO2", "24h"),
    /** ppb. */
    NO2_1H(Pollutant.NO2, "NO2", "1h");

    private final Pollutant pollutant;
    private final String tableName;
    private final String averaging;

    AqiScale(Pollutant pollutant, String tableName, String averaging) {
        this.pollutant = pollutant;
        this.tableName = tableName;
        this.averaging = averaging;
    }

    public Pollutant pollutant() {
        return pollutant;
    }

    boolean isOf(Table.Row row) {
        return tableName.equals(row.text("pollutant")) && averaging.equals(row.text("averaging"));
    }
}
