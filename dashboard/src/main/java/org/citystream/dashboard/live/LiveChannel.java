package org.citystream.dashboard.live;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells every watcher what happens. Never waits for any of them. Thread-safe. */
public final class LiveChannel implements AutoCloseable {
    private final List<Mailbox> watchers = new CopyOnWriteArrayList<>();

    /** A mailbox that gets everything from now on. */
    public Mailbox join() {
        Mailbox mailbox = new Mailbox();
        watchers.add(mailbox);
        return mailbox;
    }

    /** Closes the mailbox and forgets it. */
    public void leave(Mailbox mailbox) {
        watchers.remove(mailbox);
        mailbox.close();
    }

    public void publish(LiveMessage message) {
        watchers.forEach(mailbox -> mailbox.put(message));
    }

    /** How many watch. */
    public int size() {
        return watchers.size();
    }

    @Override
    public void close() {
        watchers.forEach(this::leave);
    }
}
