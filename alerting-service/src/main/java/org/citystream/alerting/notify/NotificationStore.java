package org.citystream.alerting.notify;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.citystream.alerting.group.Group;

/** Where it is kept what is to be told later. Several instances may work on it at once. */
public interface NotificationStore {

    /** An alert and a receiver that wait for something. */
    record Waiting(String alertId, String receiver) {}

    <T> T notifying(Function<NotificationTransaction, T> work);

    List<Waiting> heldAndDue(Instant now, int limit);

    List<Waiting> escalationsDue(Instant now, int limit);

    /**
     * Takes a due group of one of the routes that nobody else is busy with, and works on it in the transaction. False if
     * there is none.
     */
    boolean withDueGroup(Instant now, Set<String> routeIds, Work work);

    /** Whether a group is due of which none of these routes tells. */
    boolean hasDueGroupOfOthers(Instant now, Set<String> routeIds);

    /** Work on a locked group. */
    @FunctionalInterface
    interface Work {
        void on(NotificationTransaction transaction, Group group);
    }

    /** The configuration by which open alerts were routed last. */
    Optional<String> routedBy();

    void routedBy(String hash);

    /** Ids of every alert that is firing or stale and told. */
    List<String> openAlertIds();

    /**
     * Keeps in mind who was told of what by groups whose route is not among these, or tells another receiver now: they are to
     * hear of the end. A group that has another receiver now is emptied, to be filled anew.
     *
     * @param receivers by the id of the route that groups
     */
    void leaveGroups(Map<String, String> receivers);

    /** Forgets groups of routes other than these. */
    void forgetGroups(Set<String> routeIds);
}
