package org.citystream.stack.flink;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.citystream.stack.failure.CityFailure;
import org.jspecify.annotations.Nullable;

/** The jobs of the pipeline. */
public enum CityJob {
    TRAFFIC("traffic-job", "org.citystream.jobs.traffic.TrafficJob"),
    AIR_QUALITY("air-quality-job", "org.citystream.jobs.airquality.AirQualityJob"),
    SENSOR_HEALTH("sensor-health-job", "org.citystream.jobs.sensorhealth.SensorHealthJob"),
    TIME_SERIES("time-series-job", "org.citystream.jobs.timeseries.TimeSeriesJob");

    private final String jobName;
    private final String entryClass;

    CityJob(String jobName, String entryClass) {
        this.jobName = jobName;
        this.entryClass = entryClass;
    }

    /** Its name in Flink and on the command line. */
    public String jobName() {
        return jobName;
    }

    public String entryClass() {
        return entryClass;
    }

    /** The job of this name. */
    public static CityJob named(String name) {
        return Arrays.stream(values())
                .filter(job -> job.jobName.equals(name))
                .findFirst()
                .orElseThrow(() -> new CityFailure(
                        "there is no job '" + name + "'",
                        "name one of " + all().stream().map(CityJob::jobName).collect(Collectors.joining(", "))));
    }

    /** The jobs of these names, in this order; all of them without any. */
    public static List<CityJob> named(@Nullable List<String> names) {
        return names == null || names.isEmpty()
                ? all()
                : names.stream().map(CityJob::named).distinct().toList();
    }

    public static List<CityJob> all() {
        return List.of(values());
    }
}
