package org.citystream.stack.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.layout.Checkout;
import org.citystream.stack.layout.DataDirectory;
import org.jspecify.annotations.Nullable;

/** Finds the stack a command is about: the one named, or the only one that runs. */
public final class RunningStacks {
    private final Path directory;

    public RunningStacks(Checkout checkout) {
        this.directory = checkout.runningStacks();
    }

    /** A stack and where its data are. */
    public record Running(DataDirectory data, StackState state) {}

    /** Notes that a stack is about to run on this directory. */
    public void add(DataDirectory data) {
        try {
            Files.createDirectories(directory);
            Files.writeString(entry(data), data.root().toString());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot note the running stack in " + directory, e);
        }
    }

    public void remove(DataDirectory data) {
        try {
            Files.deleteIfExists(entry(data));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the stack from " + directory, e);
        }
    }

    private Path entry(DataDirectory data) {
        CRC32 crc = new CRC32();
        crc.update(data.root().toString().getBytes(StandardCharsets.UTF_8));
        return directory.resolve(HexFormat.of().toHexDigits((int) crc.getValue()));
    }

    /**
     * The stack meant.
     *
     * @param dataDir {@code --data-dir}, if given
     * @param portOffset {@code --port-offset}, if given
     * @throws CityFailure if none runs, or several do and none was named
     */
    public Running find(@Nullable Path dataDir, OptionalInt portOffset) {
        return findIfAny(dataDir, portOffset).orElseThrow(() -> noneRuns(dataDir, portOffset));
    }

    private static CityFailure noneRuns(@Nullable Path dataDir, OptionalInt portOffset) {
        if (dataDir != null) {
            return new CityFailure("no stack runs on " + dataDir, "start one: ./city up --data-dir " + dataDir);
        }
        return new CityFailure(
                portOffset.isEmpty() ? "no stack is running" : "no stack runs with this port offset",
                "start one: ./city up");
    }

    /** As {@link #find}, but empty if none runs. */
    public Optional<Running> findIfAny(@Nullable Path dataDir, OptionalInt portOffset) {
        if (dataDir != null) {
            return at(dataDir);
        }
        List<Running> running = all().stream()
                .filter(stack -> portOffset.isEmpty() || stack.state().portOffset() == portOffset.getAsInt())
                .toList();
        if (running.size() > 1) {
            throw new CityFailure(
                    "several stacks are running: "
                            + running.stream()
                                    .map(stack -> stack.data().root().toString())
                                    .collect(Collectors.joining(", ")),
                    "say which with --data-dir DIR");
        }
        return running.stream().findFirst();
    }

    private static Optional<Running> at(Path dataDir) {
        DataDirectory data = new DataDirectory(dataDir.toAbsolutePath().normalize());
        return new StateFile(data.stateFile())
                .read()
                .filter(StackState::isAlive)
                .map(state -> new Running(data, state));
    }

    private List<Running> all() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Running> running = new ArrayList<>();
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.sorted().toList()) {
                at(Path.of(Files.readString(entry))).ifPresent(running::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + directory, e);
        }
        return running;
    }
}
