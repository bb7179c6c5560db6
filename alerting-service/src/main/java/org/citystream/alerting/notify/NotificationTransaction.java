package org.citystream.alerting.notify;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.alert.ChangeType;
import org.citystream.alerting.group.Group;
import org.citystream.alerting.group.Member;
import org.citystream.alerting.silence.Silence;

/** What telling people reads and writes, inside one transaction. */
public interface NotificationTransaction {

    /** Silences that nobody has taken back. */
    List<Silence> silences();

    /** Every alert that is firing or stale and told, the newest state of this transaction. */
    Collection<Alert> openAlerts();

    /** The alert, locked until the transaction ends. */
    Optional<Alert> lock(String alertId);

    /** Receivers that were told of any change of the alert by itself. */
    Set<String> receiversTold(String alertId);

    /**
     * Puts a message into the outbox for every enabled endpoint of the receivers that wants one of its types.
     *
     * @param subjectId alert or group
     * @param type its type; {@code types} are those by which endpoints choose
     * @param root receiver of the root route, to which endpoints without a receiver belong
     */
    void send(
            String subjectId,
            int sequence,
            String type,
            List<String> types,
            String body,
            Set<String> receivers,
            String root,
            Instant now);

    /**
     * Sends the receiver's endpoints the alert's last message that they want, if it is not theirs already.
     *
     * @param fromSequence older ones are not news to them
     */
    void sendLast(Alert alert, int fromSequence, String receiver, String root, Instant now);

    List<Hold> holds(String alertId);

    /** Keeps a note of what was not told; an earlier note for the receiver stays. */
    void hold(Hold hold, Instant lookAt);

    void lookAgainAt(String alertId, String receiver, Instant at);

    void release(String alertId, String receiver);

    /** Plans to tell another receiver of an alert that nobody has acknowledged; a plan that is there already stays. */
    void planEscalation(String alertId, String receiver, Instant dueAt);

    /** The escalation has been carried out and is not planned again. */
    void escalated(String alertId, String receiver);

    void postponeEscalation(String alertId, String receiver, Instant dueAt);

    /** Acknowledged or over: nobody else needs to know. */
    void endEscalations(String alertId);

    /** The group as recorded, locked; the given one if it is new. */
    Group lockGroup(Group fresh);

    void saveGroup(Group group);

    void postponeGroup(String groupId, Instant flushAt);

    /** Groups that an alert is in. */
    List<Group> lockGroupsOf(String alertId);

    /** Adds the alert to a group, or notes what is new about it there. */
    void putMember(String groupId, String alertId, ChangeType news, int newsSequence);

    /** Alerts of a group; {@code muted} says what kept them quiet when they were last looked at. */
    List<Member> members(String groupId);

    /** Notes what a group has told of an alert, and why it keeps quiet about it. */
    void saveMember(String groupId, Member member);

    void removeMember(String groupId, String alertId);
}
