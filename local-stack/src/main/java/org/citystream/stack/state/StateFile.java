package org.citystream.stack.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.citystream.model.wire.JsonCodec;
import org.citystream.stack.failure.CityFailure;

/** The {@link StackState} on disk; replaced whole, so that a reader never sees half of it. */
public record StateFile(Path file) {

    public synchronized void write(StackState state) {
        try {
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.write(next, JsonCodec.write(state));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** Empty if nothing has ever run here. */
    public Optional<StackState> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonCodec.internal().readValue(Files.readAllBytes(file), StackState.class));
        } catch (IOException e) {
            throw new CityFailure(
                    file + " is damaged: " + e.getMessage(),
                    "stop the stack's processes by hand (ps -ef | grep citystream), then delete the file",
                    e);
        }
    }
}
