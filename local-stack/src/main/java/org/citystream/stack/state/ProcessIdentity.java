package org.citystream.stack.state;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One process, told from a later one that got the same number by the time it started. */
public record ProcessIdentity(long pid, Instant startedAt) {
    /** The operating system gives the start relative to a boot time it knows to a second. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    public static ProcessIdentity of(ProcessHandle process) {
        return new ProcessIdentity(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
    }

    public static ProcessIdentity current() {
        return of(ProcessHandle.current());
    }

    /** The process, if it is still the same one and alive. */
    @JsonIgnore
    public Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::startedThen);
    }

    private boolean startedThen(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(start -> Duration.between(start, startedAt).abs().compareTo(TOLERANCE) <= 0)
                .orElse(false);
    }
}
