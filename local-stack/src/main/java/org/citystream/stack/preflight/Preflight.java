package org.citystream.stack.preflight;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.failure.Reason;
import org.citystream.stack.layout.Ports;

/** Refuses to start what cannot run here; each refusal names its remedy. */
public final class Preflight {
    /** What all processes together take at their largest, with a little room. */
    static final long MEMORY_NEEDED = 2_500L * 1024 * 1024;

    static final long DISK_NEEDED = 2_000L * 1024 * 1024;
    private static final int SEARCHED_OFFSETS = 10;

    private final Machine machine;

    public Preflight() {
        this(Machine.real());
    }

    Preflight(Machine machine) {
        this.machine = machine;
    }

    /** The embedded PostgreSQL comes as binaries for one platform. */
    public void checkPlatform() {
        if (!machine.platform().equals("Linux amd64")) {
            throw new CityFailure(
                    "the embedded servers run on Linux amd64 only; this is " + machine.platform(),
                    "run it in a Linux virtual machine or container");
        }
    }

    public void checkMemory() {
        long available = machine.availableMemory().orElse(Long.MAX_VALUE);
        if (available < MEMORY_NEEDED) {
            throw new CityFailure(
                    "only " + megabytes(available) + " MB of memory are free, the stack needs about "
                            + megabytes(MEMORY_NEEDED) + " MB",
                    "close other programs, or start anyway with --skip-memory-check");
        }
    }

    public void checkDisk(Path dataDirectory) {
        try {
            long usable = machine.usableDisk(dataDirectory);
            if (usable < DISK_NEEDED) {
                throw new CityFailure(
                        "only " + megabytes(usable) + " MB are free on the disk of " + dataDirectory
                                + ", the stack needs about " + megabytes(DISK_NEEDED) + " MB",
                        "free some, or put the data elsewhere with --data-dir DIR");
            }
        } catch (IOException e) {
            throw new CityFailure(
                    "cannot look at the disk of " + dataDirectory + ": " + Reason.of(e),
                    "give another --data-dir DIR",
                    e);
        }
    }

    /** @param breakable whether there are lines that can be broken, which have ports of their own */
    public void checkPorts(Ports ports, boolean breakable) {
        List<Map.Entry<String, Integer>> taken = ports.all(breakable).entrySet().stream()
                .filter(port -> !machine.isPortFree(port.getValue()))
                .toList();
        if (!taken.isEmpty()) {
            throw new CityFailure(
                    taken.stream().map(this::describe).collect(Collectors.joining(System.lineSeparator())),
                    "stop what listens there, or shift all ports: --port-offset " + freeOffset(ports, breakable));
        }
    }

    private String describe(Map.Entry<String, Integer> port) {
        return "port " + port.getValue() + " (" + port.getKey() + ") is taken by "
                + machine.portOwner(port.getValue()).orElse("a process of another user");
    }

    private int freeOffset(Ports taken, boolean breakable) {
        for (int i = 1; i <= SEARCHED_OFFSETS; i++) {
            int offset = taken.offset() + i * 1_000;
            if (offset <= Ports.MAX_OFFSET
                    && new Ports(offset).all(breakable).values().stream().allMatch(machine::isPortFree)) {
                return offset;
            }
        }
        return Math.min(taken.offset() + 1_000, Ports.MAX_OFFSET);
    }

    private static long megabytes(long bytes) {
        return bytes / (1024 * 1024);
    }
}
