package org.citystream.benchmarks.harness;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** CPU time of this process. Wall time on a machine with neighbours says more about the neighbours. */
public final class CpuClock {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private CpuClock() {}

    /** User and system time of all threads, compiler and collector included, ns. */
    public static long processNanos() {
        return SYSTEM.getProcessCpuTime();
    }

    /** Load average of the last minute. */
    public static double load() {
        return SYSTEM.getSystemLoadAverage();
    }
}
