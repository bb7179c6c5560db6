package org.citystream.dashboard.live;

/**
 * Something that happened, for those who watch.
 *
 * @param event {@code summary, event, health} or {@code clock}
 * @param subject what it replaces: a watcher that has not yet been told of the former with the same event and subject is
 *     told of the latter only
 * @param json the record, as it came
 */
public record LiveMessage(String event, String subject, String json) {
    String key() {
        return event + '/' + subject;
    }
}
