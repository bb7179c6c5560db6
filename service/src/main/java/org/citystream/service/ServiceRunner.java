package org.citystream.service;

import java.util.concurrent.CountDownLatch;
import org.citystream.service.config.Configuration;
import org.citystream.service.config.ConfigurationException;
import org.citystream.service.config.EnvironmentNames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The life of a service process: configure, start, wait for SIGTERM or Ctrl-C, close, exit 0. A configuration problem
 * exits with 2, a start that fails and a service that cannot go on with 1.
 */
public final class ServiceRunner {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceRunner.class);

    /** Set once a service cannot go on, for the hook that ends the process. */
    private static volatile boolean failed;

    private ServiceRunner() {}

    /** Makes a running service of a configuration. */
    @FunctionalInterface
    public interface Starter<C> {
        AutoCloseable start(C config) throws Exception;
    }

    /** Runs until the process is told to stop. Never returns normally. */
    public static <C> void run(String name, C config, String[] arguments, Starter<C> starter) {
        run(name, config, arguments, EnvironmentNames.bare(), starter);
    }

    /** As {@link #run(String, Object, String[], Starter)}, with other names for the environment variables. */
    public static <C> void run(String name, C config, String[] arguments, EnvironmentNames names, Starter<C> starter) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        try {
            Configuration.load(config, arguments, names, System.getenv());
        } catch (ConfigurationException e) {
            refuse(name, e);
        }
        try {
            AutoCloseable service = starter.start(config);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(name, service), "shutdown"));
            LOG.info("{} is up", name);
            new CountDownLatch(1).await();
        } catch (ConfigurationException e) {
            refuse(name, e);
        } catch (Exception e) {
            LOG.error("{} failed to start", name, e);
            System.exit(1);
        }
    }

    /** The service cannot go on: it is closed, and the process ends with 1. Returns at once, from any of its threads. */
    public static void fail() {
        failed = true;
        // Whoever exits waits for the service to close, and that may wait for the thread that calls us.
        new Thread(() -> System.exit(1), "failed").start();
    }

    @SuppressWarnings("SystemOut") // a start-up problem belongs on the terminal
    private static void refuse(String name, ConfigurationException e) {
        System.err.println(
                name + " cannot start, its configuration has " + e.problems().size() + " problem(s):");
        e.problems().forEach(problem -> System.err.println("  - " + problem));
        System.err.println("  what to do: correct it where it is set, in an environment variable, the file of "
                + Configuration.FILE_VARIABLE + " or an option; docs/configuration.md lists every setting");
        System.exit(2);
    }

    /** Ends the process with 0 unless something failed, as SIGTERM would otherwise leave 143 behind. */
    private static void stop(String name, AutoCloseable service) {
        int status = failed ? 1 : 0;
        try {
            LOG.info("{} is stopping", name);
            service.close();
            LOG.info("{} has stopped", name);
        } catch (Exception e) {
            LOG.error("{} did not stop cleanly", name, e);
            status = 1;
        }
        Runtime.getRuntime().halt(status);
    }
}
