package org.citystream.simulator.recording;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.citystream.model.place.SensorKind;
import org.citystream.model.reading.AirQualityReading;
import org.citystream.model.reading.TrafficReading;
import org.citystream.recordings.RecordedReading;
import org.citystream.simulator.city.CityMinute;
import org.citystream.simulator.city.Detector;
import org.citystream.simulator.fault.FaultySensors;
import org.citystream.simulator.fault.Report;
import org.citystream.simulator.fault.Transmission;

/** Takes down what the sensors say of each minute from a moment on, faults included. */
final class Tape {
    private final FaultySensors sensors;
    private final Consumer<RecordedReading> readings;
    private final Instant from;
    private long trafficReadings;
    private long airReadings;
    private long damaged;

    Tape(FaultySensors sensors, Consumer<RecordedReading> readings, Instant from) {
        this.sensors = sensors;
        this.readings = readings;
        this.from = from;
    }

    void take(CityMinute minute) {
        boolean wanted = minute.end().isAfter(from);
        for (int corridor = 0; corridor < minute.corridors().size(); corridor++) {
            List<Detector> detectors =
                    minute.corridors().get(corridor).corridor().detectors();
            for (int detector = 0; detector < detectors.size(); detector++) {
                if (sensors.strike(detectors.get(detector).sensorId())) {
                    minute.traffic(corridor, detector).forEach(reading -> pass(Report.of(reading), wanted));
                } else if (wanted) {
                    minute.traffic(corridor, detector).forEach(this::note);
                }
            }
        }
        for (AirQualityReading reading : minute.air()) {
            if (sensors.strike(reading.sensorId())) {
                pass(Report.of(reading), wanted);
            } else if (wanted) {
                note(reading);
            }
        }
    }

    /** A faulty sensor is followed from the beginning, since what is wrong with it may depend on what it has said. */
    private void pass(Report report, boolean wanted) {
        for (Transmission passed : sensors.pass(new Transmission(report, report.observedAt()))) {
            if (!wanted) {
                continue;
            }
            if (passed.damaged() != null) {
                damaged++;
            } else if (report.kind() == SensorKind.AIR) {
                note(passed.report().airReading());
            } else {
                note(passed.report().trafficReading());
            }
        }
    }

    private void note(TrafficReading reading) {
        trafficReadings++;
        readings.accept(new RecordedReading.Traffic(reading));
    }

    private void note(AirQualityReading reading) {
        airReadings++;
        readings.accept(new RecordedReading.Air(reading));
    }

    long trafficReadings() {
        return trafficReadings;
    }

    long airReadings() {
        return airReadings;
    }

    long damaged() {
        return damaged;
    }
}
