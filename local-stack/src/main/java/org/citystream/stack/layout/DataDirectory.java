package org.citystream.stack.layout;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.citystream.model.wire.JsonCodec;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.failure.Reason;

/**
 * All that one stack keeps. A marker file is written last when it is made, so that a directory whose making was
 * interrupted, or one that is something else, is never taken for ours.
 */
public record DataDirectory(Path root) {
    private static final int LAYOUT = 1;
    private static final String MARKER = "citystream.json";
    private static final SecureRandom RANDOM = new SecureRandom();

    private record Marker(@JsonProperty("layout") int layout) {}

    /** Makes the directory, or checks that it is one of ours and whole. */
    public static DataDirectory open(Path root) {
        DataDirectory data = new DataDirectory(root.toAbsolutePath().normalize());
        try {
            if (isAbsentOrEmpty(data.root)) {
                data.make();
            } else {
                data.check();
            }
            data.makeSecrets();
            return data;
        } catch (IOException e) {
            throw new CityFailure(
                    "cannot use " + data.root + " as data directory: " + Reason.of(e),
                    "give a directory you may write to: --data-dir DIR",
                    e);
        }
    }

    private static boolean isAbsentOrEmpty(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return true;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }

    private void make() throws IOException {
        for (Path directory : new Path[] {logs(), run(), kafka(), mqtt(), timeSeries(), flink()}) {
            Files.createDirectories(directory);
        }
        Path unfinished = root.resolve(MARKER + ".new");
        Files.write(unfinished, JsonCodec.write(new Marker(LAYOUT)));
        Files.move(unfinished, root.resolve(MARKER), StandardCopyOption.ATOMIC_MOVE);
    }

    private void check() throws IOException {
        Path marker = root.resolve(MARKER);
        if (!Files.isRegularFile(marker)) {
            throw new CityFailure(
                    root + " is not empty and has no " + MARKER
                            + ": it is not a CityStream data directory, or the making of one was interrupted",
                    "give another directory with --data-dir DIR, or delete this one if nothing in it is needed");
        }
        int layout = layout(marker);
        if (layout != LAYOUT) {
            throw new CityFailure(
                    root + " has layout " + layout + ", this CityStream knows layout " + LAYOUT,
                    "use the CityStream version that made it, or another --data-dir DIR");
        }
        checkPostgres();
    }

    private int layout(Path marker) throws IOException {
        try {
            JsonNode tree = JsonCodec.internal().readTree(Files.readAllBytes(marker));
            if (tree != null && tree.path("layout").isInt()) {
                return tree.path("layout").asInt();
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            // Falls through: not readable is as bad as not there.
        }
        throw new CityFailure(
                marker + " is damaged, so what this directory holds is unknown",
                "restore it ({\"layout\":" + LAYOUT + "}) if you know this to be a data directory, else delete "
                        + root);
    }

    /** An interrupted initialisation leaves files without a control file, on which PostgreSQL can never start. */
    private void checkPostgres() throws IOException {
        if (!isAbsentOrEmpty(postgres()) && !Files.exists(postgres().resolve("global/pg_control"))) {
            throw new CityFailure(
                    postgres() + " is half-written: its initialisation was interrupted",
                    "delete " + postgres() + " (no alert has been stored there yet) and start again");
        }
    }

    private void makeSecrets() throws IOException {
        secret(adminTokenFile());
        secret(clockKeyFile());
        secret(influxTokenFile());
        password(databasePasswordFile(), null);
        // QuestDB's built-in user; it listens on loopback only.
        password(questDbPasswordFile(), "quest");
    }

    private static void secret(Path file) throws IOException {
        password(file, null);
    }

    private static void password(Path file, @org.jspecify.annotations.Nullable String fixed) throws IOException {
        if (Files.exists(file) && Files.size(file) > 0) {
            return;
        }
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, fixed == null ? random() : fixed);
    }

    private static String random() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Held while a stack runs on this directory; given back by the operating system even if we are killed. */
    public Optional<FileLock> lock() {
        return lock(root.resolve("lock"));
    }

    /** Likewise, while somebody breaks the stack's services. */
    public Optional<FileLock> chaosLock() {
        return lock(root.resolve("chaos.lock"));
    }

    private static Optional<FileLock> lock(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
            }
            return Optional.ofNullable(lock);
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + file, e);
        }
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path log(String service) {
        return logs().resolve(service + ".log");
    }

    /** Files that only mean something while the stack runs. */
    public Path run() {
        return root.resolve("run");
    }

    /** What processes unpack for one run; emptied at each start. */
    public Path temporary() {
        return root.resolve("tmp");
    }

    public Path stateFile() {
        return run().resolve("stack.json");
    }

    public Path kafka() {
        return root.resolve("kafka");
    }

    public Path mqtt() {
        return root.resolve("mqtt");
    }

    public Path timeSeries() {
        return root.resolve("timeseries");
    }

    public Path postgres() {
        return root.resolve("postgres");
    }

    public Path flink() {
        return root.resolve("flink");
    }

    /** Truth and progress of simulation and replay. */
    public Path simulator() {
        return root.resolve("simulator");
    }

    /** What the simulator or replay of this stack has sent, if it keeps a ledger. */
    public Path ledger() {
        return simulator().resolve("ledger");
    }

    /** What each {@code ./city verify --chaos} has sent and received. */
    public Path chaos() {
        return root.resolve("chaos");
    }

    /** Bearer token of the alerting service's mutating calls. */
    public Path adminTokenFile() {
        return root.resolve("admin.token");
    }

    public Path clockKeyFile() {
        return root.resolve("clock.key");
    }

    public Path influxTokenFile() {
        return root.resolve("influx.token");
    }

    public Path databasePasswordFile() {
        return root.resolve("database.password");
    }

    public Path questDbPasswordFile() {
        return root.resolve("questdb.password");
    }

    /** Secrets of the webhooks that {@code ./city webhook add} registered, by URL. */
    public Path webhookSecretsFile() {
        return root.resolve("webhooks.json");
    }

    /** A secret's text. */
    public static String read(Path secretFile) {
        try {
            return Files.readString(secretFile).trim();
        } catch (IOException e) {
            throw new CityFailure(
                    "cannot read " + secretFile + ": " + Reason.of(e),
                    "check that it is yours, or run ./city up as its owner",
                    e);
        }
    }
}
