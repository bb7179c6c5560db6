package org.citystream.alerting.silence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where silences are kept. */
public interface Silences {

    /** Those that nobody has taken back, newest first. */
    List<Silence> list();

    Optional<Silence> find(String id);

    void add(Silence silence);

    /** Takes a silence back: it keeps nothing quiet any more. False if there is none. */
    boolean remove(String id, Instant now);
}
