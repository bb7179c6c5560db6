package org.citystream.simulator.city;

import java.util.Arrays;
import java.util.List;

/**
 * One carriageway as a cell transmission model (Daganzo 1994, 1995): vehicles flow from cell to cell as far as the
 * sending cell has them and the receiving cell has room, so that queues form at bottlenecks, grow upstream, spill back
 * over junctions and discharge at capacity, less the capacity drop. Vehicles are conserved: what does not fit waits at
 * the entry or on a ramp.
 */
final class CellTransmission {
    /** A cell this much denser than at capacity has a queue in it, of which the capacity drop holds in full. */
    private static final double QUEUED = 0.1;

    private final FundamentalDiagram diagram;
    private final int lanes;
    private final double cellLengthKm;
    private final double stepHours;
    private final double[] vehicles;
    private final double[] capacityFactor;
    private final double[] speedFactor;
    private final double[] exitShare;
    private final int[] onRampAt;
    private final double[] rampQueue;
    private final double[] inflow;
    private final double[] outflow;
    private double entryQueue;
    private double exited;

    /**
     * An empty road.
     *
     * @param stepSeconds length of a step; cells are as long as a free vehicle drives in it, or a little longer
     * @param ramps junctions; shares of on-ramps are ignored, their demand is an argument of {@link #step}
     */
    CellTransmission(FundamentalDiagram diagram, int lanes, double lengthM, double stepSeconds, List<Ramp> ramps) {
        this.diagram = diagram;
        this.lanes = lanes;
        this.stepHours = stepSeconds / 3600;
        int cells = (int) Math.floor(lengthM / 1000 / (diagram.freeFlowSpeedKmh() * stepHours) + 1e-9);
        if (cells < 2) {
            throw new IllegalArgumentException("a road of " + lengthM + " m is shorter than two cells");
        }
        this.cellLengthKm = lengthM / 1000 / cells;
        this.vehicles = new double[cells];
        this.capacityFactor = new double[cells];
        this.speedFactor = new double[cells];
        this.exitShare = new double[cells];
        this.onRampAt = new int[cells];
        this.inflow = new double[cells];
        this.outflow = new double[cells];
        openAll();
        Arrays.fill(onRampAt, -1);
        int onRamps = 0;
        for (Ramp ramp : ramps) {
            int cell = cellAt(ramp.positionM());
            exitShare[cell] = ramp.exitShare();
            if (ramp.entryShare() > 0) {
                onRampAt[cell] = onRamps++;
            }
        }
        this.rampQueue = new double[onRamps];
    }

    /** The cell at a position; positions outside the road belong to its first or last cell. */
    int cellAt(double positionM) {
        int cell = (int) Math.floor(positionM / 1000 / cellLengthKm);
        return Math.max(0, Math.min(vehicles.length - 1, cell));
    }

    int cells() {
        return vehicles.length;
    }

    double cellLengthM() {
        return cellLengthKm * 1000;
    }

    /** Scales the capacity of one cell from the next step on; 1 is an open road. */
    void limitCapacity(int cell, double factor) {
        limit(cell, factor, 1);
    }

    /** Scales capacity and free-flow speed of one cell; of several limits on a cell the strictest holds. */
    void limit(int cell, double capacity, double speed) {
        capacityFactor[cell] = Math.min(capacityFactor[cell], capacity);
        speedFactor[cell] = Math.min(speedFactor[cell], speed);
    }

    /** Scales capacity and free-flow speed of every cell on top of their own limits, as weather does. */
    void scaleAll(double capacity, double speed) {
        for (int cell = 0; cell < capacityFactor.length; cell++) {
            capacityFactor[cell] *= capacity;
            speedFactor[cell] *= speed;
        }
    }

    /** Reopens every cell. */
    void openAll() {
        Arrays.fill(capacityFactor, 1);
        Arrays.fill(speedFactor, 1);
    }

    /**
     * Moves one step on.
     *
     * @param entryVehicles vehicles that arrive at the upstream end in this step
     * @param rampVehicles vehicles that arrive on each on-ramp, in order of the ramps
     */
    void step(double entryVehicles, double[] rampVehicles) {
        entryQueue += entryVehicles;
        for (int ramp = 0; ramp < rampQueue.length; ramp++) {
            rampQueue[ramp] += rampVehicles[ramp];
        }
        int last = vehicles.length - 1;
        inflow[0] = enter();
        for (int cell = 1; cell <= last; cell++) {
            double through = merge(cell, sending(cell - 1) * (1 - exitShare[cell - 1]));
            outflow[cell - 1] = through / (1 - exitShare[cell - 1]);
            exited += outflow[cell - 1] - through;
        }
        outflow[last] = sending(last);
        exited += outflow[last];
        for (int cell = 0; cell <= last; cell++) {
            vehicles[cell] += inflow[cell] - outflow[cell];
        }
    }

    private double enter() {
        double entering = Math.min(entryQueue, receiving(0));
        entryQueue -= entering;
        return entering;
    }

    /** Shares the room of a cell between the road and an on-ramp (Daganzo 1995, three cases); returns the road's part. */
    private double merge(int cell, double main) {
        double room = receiving(cell);
        int ramp = onRampAt[cell];
        if (ramp < 0) {
            inflow[cell] = Math.min(main, room);
            return inflow[cell];
        }
        double joining = Math.min(rampQueue[ramp], diagram.capacityVehH() * stepHours);
        double priority = 1.0 / (lanes + 1);
        double fromRoad = main;
        double fromRamp = joining;
        if (main + joining > room) {
            room = Math.min(room, discharge());
            fromRoad = middle(main, room - joining, (1 - priority) * room);
            fromRamp = middle(joining, room - main, priority * room);
        }
        rampQueue[ramp] -= fromRamp;
        inflow[cell] = fromRoad + fromRamp;
        return fromRoad;
    }

    private static double middle(double a, double b, double c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    private double sending(int cell) {
        double speedKmh = diagram.freeFlowSpeedKmh() * speedFactor[cell];
        double free = vehicles[cell] * speedKmh * stepHours / cellLengthKm;
        return Math.min(free, Math.min(capacity(cell), leaving(cell)));
    }

    /** What drivers manage who stand in a queue, or drive freely. */
    private double leaving(int cell) {
        double open = diagram.capacityVehH() * lanes * stepHours;
        if (diagram.capacityDrop() == 0) {
            return open;
        }
        double excess = vehicles[cell] / (diagram.criticalDensityVehKm() * lanes * cellLengthKm) - 1;
        double queued = Math.max(0, Math.min(1, excess / QUEUED));
        return open - queued * (open - discharge());
    }

    private double discharge() {
        return diagram.dischargeVehH() * lanes * stepHours;
    }

    private double receiving(int cell) {
        double room = diagram.jamDensityVehKm() * lanes * cellLengthKm - vehicles[cell];
        return Math.max(0, Math.min(capacity(cell), diagram.waveSpeedKmh() * stepHours / cellLengthKm * room));
    }

    private double capacity(int cell) {
        return capacityFactor[cell] * diagram.capacityVehH() * lanes * stepHours;
    }

    /** Vehicles that passed the middle of a cell in the last step. */
    double passed(int cell) {
        return (inflow[cell] + outflow[cell]) / 2;
    }

    /** Vehicles in a cell. */
    double vehicles(int cell) {
        return vehicles[cell];
    }

    /** Vehicles on the road, without those waiting to enter. */
    double onRoad() {
        return Arrays.stream(vehicles).sum();
    }

    /** Vehicles waiting at the entry and on the ramps. */
    double waiting() {
        return entryQueue + Arrays.stream(rampQueue).sum();
    }

    /** Vehicles that have left at the downstream end or by an off-ramp since the start. */
    double exited() {
        return exited;
    }
}
