package org.citystream.benchmarks.city;

/** How often readings come: lanes and period of freeway segments, and of street segments, half of each. */
public enum Density {
    /** One reading a pane: the closing of panes dominates. */
    SPARSE(1, 60, 1, 60),
    /** Four readings a pane on average: three lanes every 30 s, two lanes every 60 s. */
    USUAL(3, 30, 2, 60),
    /** Twelve readings a pane. */
    DENSE(6, 30, 6, 30),
    /** Sixty readings a pane: six lanes every 6 s. */
    FINE(6, 6, 6, 6);

    final int freewayLanes;
    final int freewayPeriod;
    final int streetLanes;
    final int streetPeriod;

    Density(int freewayLanes, int freewayPeriod, int streetLanes, int streetPeriod) {
        this.freewayLanes = freewayLanes;
        this.freewayPeriod = freewayPeriod;
        this.streetLanes = streetLanes;
        this.streetPeriod = streetPeriod;
    }

    /** Mean over all segments. */
    public int readingsPerPane() {
        return (60 / freewayPeriod * freewayLanes + 60 / streetPeriod * streetLanes) / 2;
    }
}
