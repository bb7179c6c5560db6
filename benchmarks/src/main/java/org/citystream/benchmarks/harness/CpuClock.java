package org.citystream.benchmarks.harness;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** CPU time of this process. Wall time on a machine with neighbours says more about the neighbours. */
public final class CpuClock {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final Path PROCESSES = Path.of("/proc");
    private static final Path THREADS = PROCESSES.resolve("self/task");
    private static final long NANOS_PER_TICK = 10_000_000;

    private static final int UTIME = 11;
    private static final int STIME = 12;
    private static final int CUTIME = 13;
    private static final int CSTIME = 14;

    private CpuClock() {}

    /**
     * User and system time of all threads, the collector's included, ns. The just-in-time compiler's are left out where the
     * system tells them apart (Linux): compiling is paid once, and a run of minutes would make it look like part of the work.
     */
    public static long processNanos() {
        return SYSTEM.getProcessCpuTime() - compilerNanos();
    }

    /** The same of another process, by the system's ticks of 10 ms; only on Linux. */
    public static long processNanos(ProcessHandle process) {
        Path directory = PROCESSES.resolve(Long.toString(process.pid()));
        return ticks(directory, UTIME, STIME) * NANOS_PER_TICK - compilerNanos(directory.resolve("task"));
    }

    /** Of a process and all that it has started, also of those that have ended by now. */
    public static long treeNanos(ProcessHandle root) {
        long ended = ticks(PROCESSES.resolve(Long.toString(root.pid())), CUTIME, CSTIME) * NANOS_PER_TICK;
        return ended
                + processNanos(root)
                + root.descendants().mapToLong(CpuClock::processNanos).sum();
    }

    /** Fields of {@code stat} behind the name, which may hold spaces. */
    private static long ticks(Path process, int... fields) {
        try {
            String stat = Files.readString(process.resolve("stat"));
            String[] values = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return IntStream.of(fields)
                    .mapToLong(field -> Long.parseLong(values[field]))
                    .sum();
        } catch (NoSuchFileException e) {
            // One that has just ended counts with those that its parent has buried.
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the CPU time of a process", e);
        }
    }

    /** Needs compiler threads that live as long as the process, as {@link Fork} asks for. */
    private static long compilerNanos() {
        return compilerNanos(THREADS);
    }

    private static long compilerNanos(Path directory) {
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        long nanos = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(directory)) {
            for (Path thread : threads) {
                nanos += nanosIfCompiler(thread);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the CPU time of threads", e);
        }
        return nanos;
    }

    private static long nanosIfCompiler(Path thread) throws IOException {
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
