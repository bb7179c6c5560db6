package org.citystream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Job jars as a later release would have them: the traffic job has a step more, which can be told from outside. */
final class JobJarVariant {
    static final Path BUILT = Path.of("../flink-jobs/target").toAbsolutePath().normalize();
    static final Path JAR = BUILT.resolve("flink-jobs-0.1.0.jar");
    static final Path FLINK_LIB = BUILT.resolve("flink-lib");

    private static final String PACKAGE = "org/citystream/jobs/traffic/";
    private static final String SOURCE = """
            package org.citystream.jobs.traffic;

            import org.apache.flink.api.common.functions.*;
            import org.apache.flink.streaming.api.datastream.DataStream;
            import org.citystream.analytics.pane.PaneTiming;
            import org.citystream.jobs.control.KafkaControlLog;
            import org.citystream.jobs.kafka.*;
            import org.citystream.jobs.runtime.JobEnvironment;
            import org.citystream.jobs.time.GroupedStreams;
            import org.citystream.jobs.wire.*;
            import org.citystream.model.wire.Topics;

            public final class TrafficJob {
                public static class Step extends RichMapFunction<Reading, Reading> {
                    @Override public void open(OpenContext context) {
                        if (%s) throw new IllegalStateException("a planted failure");
                    }
                    @Override public Reading map(Reading reading) { return reading; }
                }

                public static void main(String[] args) throws Exception {
                    JobEnvironment job = JobEnvironment.of(args, "horizon");
                    DataStream<Reading> readings = Sources.readings(
                            job.env(), job.kafka(), Topics.READINGS_TRAFFIC, ReadingFormat.TRAFFIC, "traffic-job");
                    Sinks sinks = Sinks.of(job, "traffic-job");
                    GroupedStreams traffic = TrafficTopology.build(
                            readings.map(new Step()).returns(Reading.class).name("%s").uid("step"),
                            new KafkaControlLog(job.kafka()), PaneTiming.TRAFFIC);
                    traffic.summaries().sinkTo(sinks.to(Topics.SUMMARIES_TRAFFIC)).uid("summaries");
                    traffic.groupSummaries().sinkTo(sinks.to(Topics.SUMMARIES_CORRIDOR)).uid("corridor-summaries");
                    traffic.events().sinkTo(sinks.to(Topics.EVENTS)).uid("events");
                    traffic.late().sinkTo(sinks.to(Topics.READINGS_LATE)).uid("late");
                    job.env().execute("traffic-job");
                }
            }
            """;

    private JobJarVariant() {}

    /**
     * Makes a jar in which the traffic job has a step of this name.
     *
     * @param fails whether that step fails as it opens, on the TaskManager
     */
    static Path jar(Path directory, String step, boolean fails) throws IOException {
        Path classes = Files.createDirectories(directory.resolve(step + "-classes"));
        Path source = Files.writeString(
                Files.createDirectories(directory.resolve(step + "-source")).resolve("TrafficJob.java"),
                SOURCE.formatted(fails, step));
        compile(source, classes);
        Path jar = Files.copy(JAR, directory.resolve(step + ".jar"));
        try (FileSystem zip = FileSystems.newFileSystem(jar)) {
            for (String name : List.of("TrafficJob.class", "TrafficJob$Step.class")) {
                Files.copy(
                        classes.resolve(PACKAGE + name),
                        zip.getPath(PACKAGE + name),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return jar;
    }

    private static void compile(Path source, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter output = new StringWriter();
        try (Stream<Path> libraries = Files.list(FLINK_LIB)) {
            String classPath = Stream.concat(Stream.of(JAR), libraries)
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
            boolean done = compiler.getTask(
                            output,
                            null,
                            null,
                            List.of("-cp", classPath, "-d", classes.toString(), "-proc:none"),
                            null,
                            compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
                    .call();
            assertThat(done).as(output.toString()).isTrue();
        }
    }
}
