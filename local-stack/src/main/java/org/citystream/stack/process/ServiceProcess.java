package org.citystream.stack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.citystream.stack.state.ProcessIdentity;

/** One run of a service. */
final class ServiceProcess {
    private static final long LARGE_LOG_BYTES = 20_000_000;
    private static final Set<String> INHERITED =
            Set.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TMPDIR", "LOG_FORMAT", "LOG_LEVEL");
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final Process process;
    private final ProcessIdentity identity;

    private ServiceProcess(Process process) {
        this.process = process;
        this.identity = ProcessIdentity.of(process.toHandle());
    }

    static ServiceProcess start(ServiceSpec spec) throws IOException {
        rotate(spec.log());
        ProcessBuilder builder =
                new ProcessBuilder(inASessionOfItsOwn(spec.command().get()));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(INHERITED);
        // glibc's per-thread arenas cost each JVM some megabytes.
        environment.put("MALLOC_ARENA_MAX", "2");
        environment.putAll(spec.environment());
        return new ServiceProcess(builder.start());
    }

    /** Ctrl-C in the terminal must reach the supervisor alone, which then stops the services in order. */
    private static List<String> inASessionOfItsOwn(List<String> command) {
        if (!Files.isExecutable(SETSID)) {
            return command;
        }
        List<String> withSession = new ArrayList<>(List.of(SETSID.toString()));
        withSession.addAll(command);
        return withSession;
    }

    private static void rotate(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LARGE_LOG_BYTES) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    ProcessIdentity identity() {
        return identity;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitCode() {
        return process.exitValue();
    }

    /** Waits for its end; false if it is still alive then. */
    boolean awaitExit(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** SIGTERM, then SIGKILL if it is still there after {@code grace}. Returns when it is gone. */
    void stop(Duration grace) throws InterruptedException {
        process.destroy();
        if (!awaitExit(grace)) {
            process.destroyForcibly();
            process.waitFor();
        }
    }
}
