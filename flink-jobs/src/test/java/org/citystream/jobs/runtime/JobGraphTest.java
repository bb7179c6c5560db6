package org.citystream.jobs.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.util.ParameterTool;
import org.citystream.jobs.airquality.AirQualityJob;
import org.citystream.jobs.sensorhealth.SensorHealthJob;
import org.citystream.jobs.timeseries.TimeSeriesJob;
import org.citystream.jobs.traffic.TrafficJob;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every job graph must have so that later releases can continue from its savepoints, and people can read it. */
class JobGraphTest {
    /** What Flink calls an operator that nobody has named. */
    private static final String UNNAMED =
            "(Keyed |Co-|Broadcast )*(Process|Map|Flat Map|Filter|Sink|Source|Process-Broadcast|Keyed-Process)"
                    + "([ -]Broadcast[ -]Keyed)?(: .*Unnamed.*)?|.*Unnamed.*|Sink: .*|Co-Process-Broadcast.*";

    static Stream<Arguments> jobs() {
        Stream<Named<Consumer<JobEnvironment>>> jobs = Stream.of(
                Named.of("traffic-job", TrafficJob::wire),
                Named.of("air-quality-job", AirQualityJob::wire),
                Named.of("sensor-health-job", SensorHealthJob::wire),
                Named.of("time-series-job", TimeSeriesJob::wire));
        return jobs.flatMap(job -> Stream.of(Arguments.of(job, "false"), Arguments.of(job, "true")));
    }

    @ParameterizedTest(name = "{0}, exactly once: {1}")
    @MethodSource("jobs")
    void everyOperatorHasAUidANameAndAMaximumParallelism(Consumer<JobEnvironment> wiring, String exactlyOnce) {
        StreamGraph graph = graph(wiring, exactlyOnce);

        assertThat(graph.getStreamNodes()).isNotEmpty().allSatisfy(JobGraphTest::isFitForUpgrades);
        Map<String, StreamNode> byUid = new HashMap<>();
        graph.getStreamNodes()
                .forEach(node -> assertThat(byUid.put(node.getTransformationUID(), node))
                        .as("another operator with the uid %s", node.getTransformationUID())
                        .isNull());
        assertThat(graph.getExecutionConfig().getSerializerConfig().hasGenericTypesDisabled())
                .isTrue();
    }

    private static void isFitForUpgrades(StreamNode node) {
        assertThat(node.getTransformationUID())
                .as("uid of %s", node.getOperatorName())
                .isNotBlank();
        assertThat(node.getOperatorName())
                .as("name of %s", node.getTransformationUID())
                .isNotBlank()
                .doesNotMatch(UNNAMED);
        assertThat(node.getMaxParallelism())
                .as("maximum parallelism of %s", node.getOperatorName())
                .isEqualTo(128);
    }

    private static StreamGraph graph(Consumer<JobEnvironment> wiring, String exactlyOnce) {
        StreamExecutionEnvironment env = local();
        wiring.accept(new JobEnvironment(env, ParameterTool.fromMap(Map.of("exactly-once", exactlyOnce))));
        return env.getStreamGraph();
    }

    private static StreamExecutionEnvironment local() {
        return JobEnvironment.configured(StreamExecutionEnvironment.createLocalEnvironment(1, new Configuration()));
    }

    @Test
    void anOperatorWithoutAUidDoesNotStart() {
        StreamExecutionEnvironment env = local();
        env.fromSequence(1, 2)
                .uid("numbers")
                .map(Long::intValue)
                .sinkTo(new DiscardingSink<>())
                .uid("away");

        assertThatThrownBy(env::getStreamGraph)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Auto generated UIDs have been disabled");
    }

    @Test
    void anOperatorWithoutANameIsFound() {
        StreamExecutionEnvironment env = local();
        env.fromSequence(1, 2)
                .uid("numbers")
                .map(Long::intValue)
                .uid("narrow")
                .sinkTo(new DiscardingSink<>())
                .uid("away");

        assertThat(env.getStreamGraph().getStreamNodes())
                .filteredOn(node -> !node.getOperatorName().matches(UNNAMED))
                .extracting(StreamNode::getTransformationUID)
                .containsExactly("numbers");
    }

    @Test
    void aTypeWithoutASerializerOfItsOwnDoesNotStart() {
        assertThatThrownBy(() -> TypeInformation.of(Object.class)
                        .createSerializer(local().getConfig().getSerializerConfig()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Generic types have been disabled");
    }

    @Test
    void anArgumentThatNoJobKnowsIsRefused() {
        assertThatThrownBy(() -> JobEnvironment.of(new String[] {"--horizn", "PT6H"}, "horizon"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("knows no argument --horizn");
        assertThat(JobEnvironment.of(new String[] {"--horizon", "PT6H"}, "horizon")
                        .env()
                        .getConfig()
                        .getGlobalJobParameters()
                        .toMap())
                .as("shown to operators")
                .containsEntry("horizon", "PT6H");
    }
}
