package org.citystream.simulator.city;

import java.util.List;
import org.citystream.model.place.Facility;

/**
 * A carriageway in one direction.
 *
 * @param line centre line in driving direction
 * @param ramps junctions, upstream first
 * @param detectors upstream first
 * @param detection how well these measure
 */
public record Corridor(
        String id,
        String name,
        Facility facility,
        int lanes,
        FundamentalDiagram diagram,
        RoadLine line,
        DemandProfile demand,
        List<Ramp> ramps,
        List<Detector> detectors,
        DetectorQuality detection) {
    public Corridor {
        ramps = List.copyOf(ramps);
        detectors = List.copyOf(detectors);
    }

    public double lengthM() {
        return line.lengthM();
    }
}
