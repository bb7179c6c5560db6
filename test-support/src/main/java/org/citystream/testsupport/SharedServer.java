package org.citystream.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** A server in a directory of its own, started by the first test class that asks and stopped when the JVM's tests end. */
final class SharedServer<S extends AutoCloseable> implements AutoCloseable {
    private final Path directory;
    private final S server;

    private SharedServer(Path directory, S server) {
        this.directory = directory;
        this.server = server;
    }

    static <S extends AutoCloseable> S of(ExtensionContext context, Class<S> type, Function<Path, S> start) {
        SharedServer<?> shared = context.getRoot()
                .getStore(Namespace.create(SharedServer.class))
                .getOrComputeIfAbsent(type, any -> started(type, start), SharedServer.class);
        return type.cast(shared.server);
    }

    private static <S extends AutoCloseable> SharedServer<S> started(Class<S> type, Function<Path, S> start) {
        try {
            Path directory = Files.createTempDirectory(type.getSimpleName());
            return new SharedServer<>(directory, start.apply(directory));
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory", e);
        }
    }

    @Override
    public void close() throws Exception {
        server.close();
        deleteDirectory();
    }

    private void deleteDirectory() throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
