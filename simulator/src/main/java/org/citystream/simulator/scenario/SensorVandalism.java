package org.citystream.simulator.scenario;

import java.util.ArrayList;
import java.util.List;
import org.citystream.simulator.city.City;
import org.citystream.simulator.city.Corridor;
import org.citystream.simulator.fault.FaultPlan;

/**
 * Half an hour before each arrival a cabinet on the main road is torn open: five detectors fall silent, two hang, one has
 * its loop bridged; an air station, where there is one, is sprayed. After five hours all are repaired.
 */
final class SensorVandalism implements Scenario {
    private static final String WHEN = ",from=-PT30M,for=PT5H";
    private static final int SILENT = 5;
    private static final int HANGING = 2;

    @Override
    public String name() {
        return "sensor-vandalism";
    }

    @Override
    public String description() {
        return "a cabinet is torn open half an hour before now: detectors silent, hanging, bridged; an air station sprayed";
    }

    @Override
    public Course course(City city, Run run) {
        Corridor main = Places.main(city);
        int first = main.detectors().size() / 2;
        List<FaultPlan> faults = new ArrayList<>(List.of(
                FaultPlan.parse("silent:sensors=" + ids(main, first, SILENT) + WHEN),
                FaultPlan.parse("stuck:sensors=" + ids(main, first + SILENT, HANGING) + WHEN),
                FaultPlan.parse("saturation:sensors=" + ids(main, first + SILENT + HANGING, 1) + WHEN)));
        city.stations().stream()
                .limit(1)
                .map(station -> FaultPlan.parse("offset:by=3,sensors=" + station.sensorId() + WHEN))
                .forEach(faults::add);
        return new Course() {
            @Override
            public List<FaultPlan> faults() {
                return faults;
            }
        };
    }

    private static String ids(Corridor corridor, int from, int count) {
        int last = corridor.detectors().size() - 1;
        StringBuilder ids = new StringBuilder();
        for (int i = from; i < from + count; i++) {
            ids.append(i == from ? "" : "+")
                    .append(corridor.detectors().get(Math.min(i, last)).sensorId());
        }
        return ids.toString();
    }
}
