package org.citystream.alerting.lifecycle;

import java.util.List;
import org.citystream.model.event.CityEvent;

/**
 * Events of one partition, in its order, and the offset they take it to.
 *
 * @param expectedOffset as recorded before them; negative: nothing recorded yet
 * @param nextOffset to be recorded with them
 */
public record PartitionBatch(
        String topic, int partition, long expectedOffset, long nextOffset, List<CityEvent> events) {}
