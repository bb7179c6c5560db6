package org.citystream.stack.rejected;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.citystream.stack.failure.CityFailure;

/** Files with what is to be sent instead of rejected messages, each named by the id of the message it corrects. */
public final class Corrections {
    private final Map<MessageId, Path> files;

    private Corrections(Map<MessageId, Path> files) {
        this.files = files;
    }

    public static Corrections none() {
        return new Corrections(Map.of());
    }

    /** Those of a directory, which must hold nothing else. */
    public static Corrections in(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new CityFailure(directory + " is no directory", "make one with: rejected show --save " + directory);
        }
        Map<MessageId, Path> files = new TreeMap<>();
        try (Stream<Path> found = Files.list(directory)) {
            found.forEach(file -> files.put(id(file), file));
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
        if (files.isEmpty()) {
            throw new CityFailure(directory + " is empty", "fill it with: rejected show --save " + directory);
        }
        return new Corrections(files);
    }

    private static MessageId id(Path file) {
        return MessageId.parse(file.getFileName().toString())
                .orElseThrow(() -> new CityFailure(
                        file + " is not named by the id of a message", "name it as 'rejected list' does"));
    }

    public Set<MessageId> ids() {
        return files.keySet();
    }

    boolean correct(MessageId id) {
        return files.containsKey(id);
    }

    /** What is to be sent for a message: the correction, or the message as it was. */
    byte[] payload(RejectedMessage message) {
        Path file = files.get(message.id());
        try {
            return file == null ? message.payload() : Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static CityFailure unreadable(Path path, IOException e) {
        return new CityFailure("cannot read " + path + ": " + e, "make it readable; what is sent already is noted", e);
    }
}
