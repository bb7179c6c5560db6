package org.citystream.stack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes the class-data archives that are missing, one after the other and with the lowest priority, while the services run:
 * neither the first start nor the first stop waits for them. Closing it ends what it is at; the next run goes on.
 */
public final class ArchiveMaker implements AutoCloseable {
    private static final Path NICE = Path.of("/usr/bin/nice");

    private final List<ClassDataArchive> archives;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(runnable -> {
        Thread maker = new Thread(runnable, "archive-maker");
        maker.setDaemon(true);
        return maker;
    });

    private boolean closed;
    private @Nullable Process making;

    public ArchiveMaker(List<ServiceSpec> specs) {
        this.archives = specs.stream().map(ServiceSpec::archive).toList();
    }

    /** Starts when the services have had {@code delay} for their own work. */
    public void start(Duration delay) {
        thread.schedule(this::makeAll, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    void makeAll() {
        for (ClassDataArchive archive : archives) {
            archive.makingCommand().ifPresent(command -> make(archive, command));
        }
    }

    private void make(ClassDataArchive archive, List<String> command) {
        try {
            Process process = startUnlessClosed(command);
            if (process != null && process.waitFor() == 0) {
                archive.adopt();
            }
        } catch (IOException | UncheckedIOException e) {
            // Only the next start would have been faster.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            archive.discard();
        }
    }

    private synchronized @Nullable Process startUnlessClosed(List<String> command) throws IOException {
        if (closed) {
            return null;
        }
        List<String> line = new ArrayList<>();
        if (Files.isExecutable(NICE)) {
            line.addAll(List.of(NICE.toString(), "-n", "19"));
        }
        line.addAll(command);
        making = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return making;
    }

    @Override
    public void close() throws InterruptedException {
        synchronized (this) {
            closed = true;
            if (making != null) {
                making.destroyForcibly();
            }
        }
        thread.shutdown();
        thread.awaitTermination(5, TimeUnit.SECONDS);
    }
}
