package org.citystream.jobs.savepoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A savepoint's directory as one file: Flink finds what belongs to a savepoint relative to where it lies. */
final class Archive {
    private Archive() {}

    static void pack(Path directory, Path file) throws IOException {
        List<Path> parts;
        try (Stream<Path> all = Files.list(directory)) {
            parts = all.sorted().toList();
        }
        Files.createDirectories(file.getParent());
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Path part : parts) {
                zip.putNextEntry(new ZipEntry(part.getFileName().toString()));
                Files.copy(part, zip);
                zip.closeEntry();
            }
        }
    }

    static void unpack(Path file, Path directory) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                try (InputStream part = zip.getInputStream(entry)) {
                    Files.copy(part, directory.resolve(Path.of(entry.getName()).getFileName()));
                }
            }
        }
    }
}
