package org.citystream.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A disk of some megabytes that can be filled to the last byte: a tmpfs. Only root may mount one; others skip the test. */
public final class SmallDisk implements AutoCloseable {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    /** Mounts it there; the directory is created. */
    public static SmallDisk mount(Path path, int megabytes) {
        try {
            Files.createDirectories(path);
            String refused =
                    run("mount", "-t", "tmpfs", "-o", "mode=1777,size=" + megabytes + "m", "tmpfs", path.toString());
            Assumptions.assumeTrue(refused.isEmpty(), "no small disk can be mounted here: " + refused);
            return new SmallDisk(path);
        } catch (IOException e) {
            throw new UncheckedIOException("no small disk", e);
        }
    }

    public Path path() {
        return path;
    }

    /** Takes all that is left. */
    public void fill() {
        try (FileChannel filler = FileChannel.open(
                filler(), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
            while (true) {
                chunk.clear();
                filler.write(chunk);
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw new UncheckedIOException("the disk cannot be filled", e);
            }
        }
    }

    /** Gives it back. */
    public void makeRoom() {
        try {
            Files.deleteIfExists(filler());
        } catch (IOException e) {
            throw new UncheckedIOException("the disk stays full", e);
        }
    }

    private Path filler() {
        return path.resolve("filler");
    }

    /** Also under files that are still open. */
    @Override
    public void close() {
        try {
            run("umount", "--lazy", path.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("the disk stays mounted", e);
        }
    }

    /** What it complains of; empty if it does not. */
    private static String run(String... command) throws IOException {
        Process process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return process.waitFor() == 0 ? "" : said.isBlank() ? command[0] + " failed" : said.strip();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
