package org.citystream.stack.rejected;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.citystream.model.wire.JsonCodec;

/** Who sent which rejected message again, when and as what: one JSON object a line, only ever appended to. */
public final class ReplayLog {

    /**
     * One message sent again and acknowledged by the broker.
     *
     * @param id of the rejected message
     * @param originalSha256 of its bytes
     * @param sentSha256 of the bytes sent; another one if they were corrected
     */
    public record Entry(Instant at, String by, String id, String mqttTopic, String originalSha256, String sentSha256) {}

    private final Path file;

    public ReplayLog(Path file) {
        this.file = file;
    }

    public void append(Entry entry) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(
                    file,
                    new String(JsonCodec.write(entry), StandardCharsets.UTF_8) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("the replay log cannot be written", e);
        }
    }

    /** Messages that have been sent again. */
    public Set<MessageId> replayed() {
        if (!Files.exists(file)) {
            return Set.of();
        }
        Set<MessageId> ids = new HashSet<>();
        try (Stream<String> lines = Files.lines(file)) {
            lines.filter(line -> !line.isBlank())
                    .map(line -> JsonCodec.read(line.getBytes(StandardCharsets.UTF_8), Entry.class))
                    .map(entry -> MessageId.parse(entry.id()))
                    .flatMap(Optional::stream)
                    .forEach(ids::add);
        } catch (IOException e) {
            throw new UncheckedIOException("the replay log cannot be read", e);
        }
        return ids;
    }

    /** In hexadecimal digits. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
