package org.citystream.testsupport;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A main class in a JVM of its own, with this one's class path: something to kill, pause and end in order. Ends with this
 * JVM.
 */
public final class ChildJvm implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final String name;
    private final Process process;
    private final Thread atExit;
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    private ChildJvm(String name, Process process) {
        this.name = name;
        this.process = process;
        this.atExit = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Starts it; what it prints we print too. */
    public static ChildJvm start(List<String> flags, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Duser.timezone=UTC"));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        try {
            ChildJvm child = new ChildJvm(
                    main.getSimpleName(),
                    new ProcessBuilder(command).redirectErrorStream(true).start());
            Thread reader = new Thread(child::read, "child-output");
            reader.setDaemon(true);
            reader.start();
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException("no child JVM", e);
        }
    }

    @SuppressWarnings("SystemOut")
    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(ServerProcess.READY)) {
                    ready.complete(line);
                } else {
                    System.out.println(name + " " + process.pid() + ": " + line);
                }
            }
        } catch (IOException e) {
            System.out.println(name + " " + process.pid() + " prints no more: " + e);
        }
        ready.completeExceptionally(new IOException("it ended"));
    }

    /** Waits until a {@link ServerProcess} serves. */
    void awaitReady() {
        try {
            ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            kill();
            throw new AssertionError(name + " is not ready", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As {@code kill -9} does; returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** As {@code kill} does; its exit status. */
    public int terminate() {
        process.destroy();
        return awaitEnd();
    }

    /** Closes its standard input, which ends a {@link ServerProcess} in order. */
    void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitEnd();
    }

    /** Waits until it has ended by itself; its exit status. */
    public int awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(name + " does not end");
            }
            Runtime.getRuntime().removeShutdownHook(atExit);
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** It stands still; its connections stay. */
    public void pause() {
        signal("-STOP");
    }

    /** It goes on. */
    public void resume() {
        signal("-CONT");
    }

    /** A full collection; returns when it is done. */
    public void collectGarbage() {
        run(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), pid(), "GC.run");
    }

    private void signal(String name) {
        run("kill", name, pid());
    }

    private String pid() {
        return Long.toString(process.pid());
    }

    private static void run(String... command) {
        try {
            Process run = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            int status = run.waitFor();
            if (status != 0) {
                throw new AssertionError(String.join(" ", command) + " failed with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
