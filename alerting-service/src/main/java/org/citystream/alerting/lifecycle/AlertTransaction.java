package org.citystream.alerting.lifecycle;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.alert.HistoryEntry;
import org.citystream.alerting.notify.NotificationTransaction;

/** Reading and writing inside one transaction. An alert that has been read is locked until the transaction ends. */
public interface AlertTransaction {

    /**
     * Moves the partitions' offsets, except where somebody else has moved one meanwhile.
     *
     * @return those that were moved; the others' partitions belong to another instance by now
     */
    List<PartitionBatch> moveOffsets(List<PartitionBatch> batches);

    /** Reads ahead: {@link #byEpisode} answers for these without asking the store again. */
    void expect(Collection<String> episodeIds);

    Optional<Alert> byId(String alertId);

    Optional<Alert> byEpisode(String episodeId);

    /** Alerts with a pending record whose time has come, except those that others are busy with. */
    List<Alert> dueToSettle(Instant now, int limit);

    void save(Alert alert, Instant now);

    /** From now on the episode belongs to this alert. */
    void attach(String episodeId, String alertId);

    void record(String alertId, HistoryEntry entry);

    /** The same transaction, for telling people. */
    NotificationTransaction notifications();
}
