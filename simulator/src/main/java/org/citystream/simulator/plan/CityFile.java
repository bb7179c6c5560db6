package org.citystream.simulator.plan;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import org.citystream.model.wire.NearestName;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** Cities from and to files, in YAML or JSON. */
public final class CityFile {
    /** 100,000 detectors in a file of their own positions need some 5 MB. */
    private static final int MOST_BYTES = 64 * 1024 * 1024;

    private static final YAMLMapper YAML = mapper();

    private CityFile() {}

    private static YAMLMapper mapper() {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(MOST_BYTES);
        YAMLFactory factory = YAMLFactory.builder().loaderOptions(limits).build();
        return YAMLMapper.builder(factory)
                .addModule(new JavaTimeModule())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /**
     * A city from its file.
     *
     * @throws IllegalArgumentException saying where in the file what is wrong, or why it cannot be read
     */
    public static CityPlan read(Path file) {
        try (InputStream text = Files.newInputStream(file)) {
            return read(text, file.toString());
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the city file " + file.toAbsolutePath() + ": " + e, e);
        }
    }

    static CityPlan read(InputStream text, String name) throws IOException {
        try {
            return YAML.readValue(text, CityPlan.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(name + ": " + explained(e), e);
        }
    }

    private static String explained(JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        String line = location == null ? "" : " (line " + location.getLineNr() + ")";
        String path = e instanceof JsonMappingException mapping ? path(mapping) : "";
        String reason = e.getOriginalMessage().lines().findFirst().orElse("is not readable");
        Throwable cause = e.getCause();
        if (e instanceof UnrecognizedPropertyException unknown) {
            reason = "is not known here; did you mean '"
                    + NearestName.of(
                            unknown.getPropertyName(),
                            unknown.getKnownPropertyIds().stream()
                                    .map(String::valueOf)
                                    .toList())
                    + "'?";
        } else if (cause instanceof IllegalArgumentException) {
            reason = String.valueOf(cause.getMessage());
        }
        return (path.isEmpty() ? "" : path + ": ") + reason + line;
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    /** The city as a file in YAML, what has no parts of its own on one line. */
    public static String text(CityPlan plan) {
        DumperOptions style = new DumperOptions();
        style.setDefaultFlowStyle(DumperOptions.FlowStyle.AUTO);
        style.setWidth(120);
        return new Yaml(style).dump(YAML.convertValue(plan, LinkedHashMap.class));
    }

    /** Writes a city to a file; an existing one is replaced. */
    public static void write(CityPlan plan, Path file) {
        try {
            Files.writeString(file, text(plan), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the city file " + file.toAbsolutePath(), e);
        }
    }
}
