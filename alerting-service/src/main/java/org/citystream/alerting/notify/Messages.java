package org.citystream.alerting.notify;

import java.time.Instant;
import org.citystream.alerting.alert.Alert;
import org.citystream.alerting.alert.AlertChange;
import org.citystream.alerting.group.Flush;
import org.citystream.alerting.group.Group;

/** Writes what endpoints are sent. */
public interface Messages {
    /** Type of a message about several alerts. */
    String GROUP_TYPE = "alert.group";

    /** Type of the message that only shows that an endpoint works. */
    String TEST_TYPE = "webhook.test";

    /** Type of the message that says that an endpoint gets nothing any more. */
    String DISABLED_TYPE = "webhook.disabled";

    String change(Alert alert, AlertChange change);

    /**
     * What a group says.
     *
     * @param group after it has spoken
     */
    String group(Group group, Flush flush, Instant now);
}
