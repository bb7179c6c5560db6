package org.citystream.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.citystream.model.wire.JsonCodec;

/** A small JSON file that remembers something over a restart; always replaced whole. */
final class StateFile<T> {
    private final Path file;
    private final Class<T> type;

    StateFile(Path directory, String name, Class<T> type) {
        this.file = directory.resolve(name);
        this.type = type;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + directory + "; choose another --data-dir", e);
        }
    }

    Optional<T> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonCodec.read(Files.readAllBytes(file), type));
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalStateException("cannot read " + file + " (" + e.getMessage() + "); remove it", e);
        }
    }

    void write(T state) {
        try {
            Path fresh = file.resolveSibling(file.getFileName() + ".part");
            Files.write(fresh, JsonCodec.write(state));
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
