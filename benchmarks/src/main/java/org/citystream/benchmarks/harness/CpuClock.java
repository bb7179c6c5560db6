package org.citystream.benchmarks.harness;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** CPU time of this process. Wall time on a machine with neighbours says more about the neighbours. */
public final class CpuClock {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final Path THREADS = Path.of("/proc/self/task");

    private CpuClock() {}

    /**
     * User and system time of all threads, the collector's included, ns. The just-in-time compiler's are left out where the
     * system tells them apart (Linux): compiling is paid once, and a run of minutes would make it look like part of the work.
     */
    public static long processNanos() {
        return SYSTEM.getProcessCpuTime() - compilerNanos();
    }

    /** Needs compiler threads that live as long as the process, as {@link Fork} asks for. */
    private static long compilerNanos() {
        if (!Files.isDirectory(THREADS)) {
            return 0;
        }
        long nanos = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            for (Path thread : threads) {
                nanos += compilerNanos(thread);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the CPU time of threads", e);
        }
        return nanos;
    }

    private static long compilerNanos(Path thread) throws IOException {
        try {
            return Files.readString(thread.resolve("comm")).matches("C[12] Compiler.*\\s*")
                    ? Long.parseLong(
                            Files.readString(thread.resolve("schedstat")).split(" ")[0])
                    : 0;
        } catch (NoSuchFileException e) {
            // A thread that has just ended compiled nothing.
            return 0;
        }
    }

    /** Load average of the last minute. */
    public static double load() {
        return SYSTEM.getSystemLoadAverage();
    }
}
