package org.citystream.stack.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.citystream.stack.layout.FreshDirectory;
import org.citystream.stack.layout.Ports;

/**
 * The session cluster's configuration, written anew at each start. Memory is given in full because nothing computes it for
 * a TaskManager that is started by its main class.
 */
public final class FlinkConfiguration {
    /** Heap of the JobManager, MB. */
    public static final int JOB_MANAGER_HEAP_MB = 256;

    /** Heap of the TaskManager, MB: task heap and framework heap. */
    public static final int TASK_MANAGER_HEAP_MB = 320;

    /** JVM flags of the TaskManager that belong to the sizes in its configuration. */
    public static final List<String> TASK_MANAGER_FLAGS =
            List.of("-XX:MaxMetaspaceSize=256m", "-XX:MaxDirectMemorySize=160m");

    private FlinkConfiguration() {}

    /** Writes {@code config.yaml} and {@code logback.xml}; returns their directory. */
    public static Path write(Path flinkDirectory, Ports ports) {
        Path conf = flinkDirectory.resolve("conf");
        try {
            Files.createDirectories(conf);
            // Flink keeps uploaded jars for ever.
            FreshDirectory.make(flinkDirectory.resolve("upload"));
            FreshDirectory.make(flinkDirectory.resolve("tmp"));
            Files.writeString(conf.resolve("config.yaml"), yaml(flinkDirectory, ports));
            copy("logback-flink.xml", conf.resolve("logback.xml"));
            return conf;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write Flink's configuration to " + conf, e);
        }
    }

    private static String yaml(Path directory, Ports ports) throws IOException {
        return resource("flink-config.yaml")
                .replace("@DIRECTORY@", directory.toString())
                .replace("@RPC_PORT@", Integer.toString(ports.flinkRpc()))
                .replace("@REST_PORT@", Integer.toString(ports.flinkRest()))
                .replace("@BLOB_PORT@", Integer.toString(ports.flinkBlob()));
    }

    private static void copy(String resource, Path file) throws IOException {
        Files.writeString(file, resource(resource));
    }

    private static String resource(String name) throws IOException {
        try (var in = FlinkConfiguration.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                throw new IOException("resource " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
