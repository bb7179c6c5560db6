package org.citystream.simulator.city;

/** True traffic of a corridor over one minute, cell by cell, all lanes together. */
public final class CorridorMinute {
    private final Corridor corridor;
    private final double cellLengthM;
    private final double[] flowVehH;
    private final double[] densityVehKm;

    CorridorMinute(Corridor corridor, double cellLengthM, double[] flowVehH, double[] densityVehKm) {
        this.corridor = corridor;
        this.cellLengthM = cellLengthM;
        this.flowVehH = flowVehH;
        this.densityVehKm = densityVehKm;
    }

    public Corridor corridor() {
        return corridor;
    }

    public int cells() {
        return flowVehH.length;
    }

    public double cellLengthM() {
        return cellLengthM;
    }

    /** The cell at a position; positions outside belong to the first or last cell. */
    public int cellAt(double positionM) {
        return Math.max(0, Math.min(flowVehH.length - 1, (int) Math.floor(positionM / cellLengthM)));
    }

    public double flowVehH(int cell) {
        return flowVehH[cell];
    }

    public double densityVehKm(int cell) {
        return densityVehKm[cell];
    }

    /** Space-mean speed, km/h: flow by density; free-flow speed on an empty road. */
    public double speedKmh(int cell) {
        double free = corridor.diagram().freeFlowSpeedKmh();
        return densityVehKm[cell] < 1e-6 ? free : Math.min(free, flowVehH[cell] / densityVehKm[cell]);
    }

    /** Speed by free-flow speed, 0..1. */
    public double speedRatio(int cell) {
        return speedKmh(cell) / corridor.diagram().freeFlowSpeedKmh();
    }
}
