package org.citystream.model.summary;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A sensor that was heard and not believed.
 *
 * @param laneId the lane that is not believed; absent: the whole sensor
 * @param reason {@code stuck} or {@code implausible}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExcludedSensor(String sensorId, @Nullable Integer laneId, String reason) {}
