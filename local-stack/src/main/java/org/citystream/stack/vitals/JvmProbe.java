package org.citystream.stack.vitals;

import com.sun.management.UnixOperatingSystemMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.PlatformManagedObject;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Asks a Java process of this machine and user how it is, by JMX; it needs no options of its own for that. */
public final class JvmProbe {
    private JvmProbe() {}

    /**
     * Collects the garbage of a Java process and takes its vitals, which takes as long as a full collection of its heap.
     *
     * @throws IOException if it does not answer
     */
    // The address is the one that the process itself has just given us.
    @SuppressWarnings("BanJNDI")
    public static Vitals take(String service, ProcessHandle process, Instant at) throws IOException {
        try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(agentOf(process)))) {
            MBeanServerConnection jvm = connector.getMBeanServerConnection();
            MemoryMXBean memory = bean(jvm, MemoryMXBean.class);
            memory.gc();
            return new Vitals(
                    at,
                    service,
                    process.pid(),
                    memory.getHeapMemoryUsage().getUsed(),
                    bean(jvm, ThreadMXBean.class).getThreadCount(),
                    bean(jvm, UnixOperatingSystemMXBean.class).getOpenFileDescriptorCount());
        }
    }

    private static String agentOf(ProcessHandle process) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
            try {
                return machine.startLocalManagementAgent();
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException("process " + process.pid() + " cannot be looked into: " + e.getMessage(), e);
        }
    }

    private static <T extends PlatformManagedObject> T bean(MBeanServerConnection jvm, Class<T> type)
            throws IOException {
        return ManagementFactory.getPlatformMXBean(jvm, type);
    }
}
