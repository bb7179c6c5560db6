package org.citystream.stack.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.model.place.Sensor;
import org.citystream.model.wire.JsonCodec;
import org.citystream.model.wire.Topics;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.service.kafka.TopicLog;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./city sensors}. */
@Command(name = "sensors", mixinStandardHelpOptions = true, description = "The sensor registry.")
public final class SensorsCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(command().commandLine(), "say what to do: sensors export");
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Writes the newest version of every sensor as a GeoJSON FeatureCollection.")
    int export(
            @Mixin StackChoice choice,
            @Parameters(paramLabel = "FILE", arity = "0..1", description = "Default: standard output.") @Nullable Path file)
            throws IOException {
        Map<String, Sensor> newest = new TreeMap<>();
        KafkaSettings kafka = new KafkaSettings(choice.running().state().ports().kafkaBootstrap());
        TopicLog.readToEnd(Topics.SENSORS, kafka, record -> {
            Sensor sensor = JsonCodec.read(record.value(), Sensor.class);
            newest.merge(sensor.sensorId(), sensor, (a, b) -> a.version() >= b.version() ? a : b);
        });
        String json =
                JsonCodec.internal().writerWithDefaultPrettyPrinter().writeValueAsString(featureCollection(newest));
        if (file == null) {
            command().commandLine().getOut().println(json);
            command().commandLine().getOut().flush();
        } else {
            Files.writeString(file, json + "\n", StandardCharsets.UTF_8);
            command().commandLine().getOut().println(newest.size() + " sensors written to " + file);
            command().commandLine().getOut().flush();
        }
        return 0;
    }

    private static ObjectNode featureCollection(Map<String, Sensor> sensors) {
        ObjectNode collection = JsonNodeFactory.instance.objectNode();
        collection.put("type", "FeatureCollection");
        ArrayNode features = collection.putArray("features");
        sensors.values().forEach(sensor -> features.add(feature(sensor)));
        return collection;
    }

    private static ObjectNode feature(Sensor sensor) {
        ObjectNode feature = JsonNodeFactory.instance.objectNode();
        feature.put("type", "Feature");
        feature.put("id", sensor.sensorId());
        ObjectNode properties = JsonCodec.internal().valueToTree(sensor);
        JsonNode location = properties.remove("location");
        if (location == null) {
            feature.putNull("geometry");
        } else {
            feature.putObject("geometry")
                    .put("type", "Point")
                    .putArray("coordinates")
                    .add(location.path("longitude").asDouble())
                    .add(location.path("latitude").asDouble());
        }
        feature.set("properties", properties);
        return feature;
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("run through picocli");
        }
        return spec;
    }
}
