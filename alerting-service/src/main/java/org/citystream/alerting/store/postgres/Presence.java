package org.citystream.alerting.store.postgres;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Shows the other instances that this one lives: an advisory lock on a connection that nothing else uses. PostgreSQL
 * frees it the moment the process is gone, so that nobody has to wait for a lease to run out. Used by one thread.
 */
public final class Presence implements AutoCloseable {
    /** First half of the locks' key; the second is the instance's number. */
    private static final int LOCKS = 0x63697479;

    private final PostgresStore store;
    private final int instance = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
    private Set<Long> seen = Set.of();
    private @Nullable Handle connection;

    public Presence(PostgresStore store) {
        this.store = store;
    }

    /** The number under which this instance claims deliveries. */
    int instance() {
        return instance;
    }

    /** Keeps the lock, and takes it anew if the connection was lost. */
    void keep() {
        Handle kept = connection;
        try {
            if (kept == null) {
                kept = store.open();
                connection = kept;
                kept.execute("SELECT pg_advisory_lock(?, ?)", LOCKS, instance);
            } else {
                kept.execute("SELECT 1");
            }
        } catch (JdbiException e) {
            close();
            throw store.translated(e);
        }
    }

    /** Whether an instance that was there when last asked, or before we came, may be gone. */
    boolean someoneMayBeGone() {
        Set<Long> now = present();
        boolean gone = seen.isEmpty() || !now.containsAll(seen);
        seen = now;
        return gone;
    }

    /** Numbers of the instances that live. */
    Set<Long> present() {
        return store.query(handle -> new HashSet<>(
                handle.createQuery("""
                        SELECT CAST(l.objid AS bigint) FROM pg_locks l
                        JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
                        WHERE l.locktype = 'advisory' AND l.classid = CAST(CAST(:locks AS bigint) AS oid)
                          AND l.objsubid = 2 AND l.granted
                        """).bind("locks", LOCKS).mapTo(Long.class).list()));
    }

    @Override
    public void close() {
        Handle kept = connection;
        connection = null;
        if (kept != null) {
            kept.close();
        }
    }
}
