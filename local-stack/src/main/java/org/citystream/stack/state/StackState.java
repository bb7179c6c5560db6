package org.citystream.stack.state;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Optional;
import org.citystream.stack.layout.Ports;
import org.jspecify.annotations.Nullable;

/**
 * What runs, as the supervisor last wrote it.
 *
 * @param phase {@code starting}, {@code up}, {@code stopping}, {@code failed} or {@code down}
 * @param portOffset the stack's {@code --port-offset}
 */
public record StackState(String phase, ProcessIdentity supervisor, int portOffset, List<ServiceState> services) {
    /**
     * One service.
     *
     * @param state {@code up}, {@code starting} or {@code down}
     * @param process the operating-system process; absent while there is none
     * @param url where it answers
     * @param health {@code ok}, or what is wrong
     * @param restarts how often it died and was started again
     */
    public record ServiceState(
            String name, String state, @Nullable ProcessIdentity process, String url, String health, int restarts) {

        /** Its process, if that very process is still alive. */
        @JsonIgnore
        public Optional<ProcessHandle> alive() {
            return process == null ? Optional.empty() : process.find();
        }
    }

    @JsonIgnore
    public Ports ports() {
        return new Ports(portOffset);
    }

    /** Whether the supervisor, or anything it had started, is still alive. */
    @JsonIgnore
    public boolean isAlive() {
        return supervisor.find().isPresent()
                || services.stream().anyMatch(service -> service.alive().isPresent());
    }
}
