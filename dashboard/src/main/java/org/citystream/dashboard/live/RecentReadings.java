package org.citystream.dashboard.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.citystream.model.place.Sensor;

/** What a sensor has said lately. */
public interface RecentReadings {
    /**
     * The last readings of a sensor, newest arrival first; of one that is seldom heard perhaps none, as only the recent
     * past is looked through.
     *
     * @throws UnavailableException if they cannot be read
     */
    List<JsonNode> of(Sensor sensor, int atMost);

    /** The readings cannot be read at the moment. */
    final class UnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public UnavailableException(String message) {
            super(message);
        }
    }
}
