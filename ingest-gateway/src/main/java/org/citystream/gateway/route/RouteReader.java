package org.citystream.gateway.route;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citystream.gateway.decode.Decoder;
import org.citystream.gateway.decode.Ids;
import org.citystream.gateway.decode.MappedJson;
import org.citystream.gateway.decode.Mapping;
import org.citystream.gateway.decode.Quantity;
import org.citystream.gateway.decode.Source;
import org.citystream.model.place.SensorKind;
import org.citystream.model.unit.Dimension;
import org.citystream.model.unit.ReferenceTemperature;
import org.citystream.model.unit.Unit;
import org.citystream.model.wire.WireName;
import org.citystream.service.config.ConfigurationException;
import org.jspecify.annotations.Nullable;

/** Reads routes from a YAML or JSON file, and short ones from a setting. All problems are reported at once. */
public final class RouteReader {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String MAPPING = "mapping";
    private static final TopicFilter NO_FILTER = new TopicFilter("-");

    private final List<String> problems = new ArrayList<>();
    private final List<TopicFilter> taken = new ArrayList<>();

    private RouteReader() {}

    /**
     * The routes of both.
     *
     * @param file null: none
     * @param list {@code FILTER=FORMAT@CITY,...}; may be empty
     * @throws ConfigurationException with everything wrong with them
     */
    public static Routes read(@Nullable Path file, String list) throws ConfigurationException {
        RouteReader reader = new RouteReader();
        List<Route> routes = new ArrayList<>();
        if (!list.isBlank()) {
            for (String each : list.split(",", -1)) {
                routes.add(reader.shortRoute(each.strip()));
            }
        }
        if (file != null) {
            routes.addAll(reader.file(file));
        }
        if (!reader.problems.isEmpty()) {
            throw new ConfigurationException(reader.problems);
        }
        return new Routes(routes);
    }

    private Route shortRoute(String text) {
        int equals = text.indexOf('=');
        int at = text.lastIndexOf('@');
        if (equals < 1 || at < equals) {
            problems.add("format-routes: '" + text + "' must be FILTER=FORMAT@CITY");
            return new Route(List.of(), Format.SENML_JSON.decoder(Source.of("-")));
        }
        TopicFilter filter = NO_FILTER;
        Format format = Format.SENML_JSON;
        String city = text.substring(at + 1);
        try {
            filter = filter(text.substring(0, equals));
            format = Format.parse(text.substring(equals + 1, at));
            city(city);
        } catch (IllegalArgumentException e) {
            problems.add("format-routes: '" + text + "': " + e.getMessage());
        }
        return new Route(List.of(filter), format.decoder(Source.of(city)));
    }

    private List<Route> file(Path file) {
        List<Route> routes = new ArrayList<>();
        try {
            JsonNode document = YAML.readTree(file.toFile());
            Section root = new Section(document, file.getFileName().toString(), problems);
            for (Section section : root.sections("routes")) {
                routes.add(route(section));
            }
            root.refuseUnknown();
        } catch (IOException e) {
            problems.add("formats-file " + file + " cannot be read: " + e.getMessage());
        }
        return routes;
    }

    /** Of two routes that mean one topic only one would be asked, and a broker may send the message once for each. */
    private TopicFilter filter(String text) {
        TopicFilter filter = new TopicFilter(text);
        for (TopicFilter ours : Routes.OURS) {
            if (filter.overlaps(ours)) {
                throw new IllegalArgumentException("'" + text + "' takes in topics of " + ours.text());
            }
        }
        for (TopicFilter other : taken) {
            if (filter.overlaps(other)) {
                throw new IllegalArgumentException("'" + text + "' and '" + other.text()
                        + "' mean some of the same topics; each topic must have one" + " route");
            }
        }
        taken.add(filter);
        return filter;
    }

    private static String city(String id) {
        if (!Ids.isValid(id)) {
            throw new IllegalArgumentException("a city's id must match [A-Za-z0-9._:-]{1,128}");
        }
        return id;
    }

    private Route route(Section section) {
        List<TopicFilter> topics = new ArrayList<>();
        for (String text : section.texts("topics")) {
            try {
                topics.add(filter(text));
            } catch (IllegalArgumentException e) {
                section.problem("topics", String.valueOf(e.getMessage()));
            }
        }
        Source source = source(section);
        Decoder decoder = decoder(section, source);
        section.refuseUnknown();
        return new Route(topics, decoder);
    }

    private Source source(Section section) {
        Map<Quantity, Unit> units = new EnumMap<>(Quantity.class);
        if (section.has("units")) {
            Section given = section.section("units");
            for (String field : given.keys()) {
                units(given, field, units);
            }
        }
        return new Source(
                section.required("city", RouteReader::city, "-"),
                section.optional("kind", name -> WireName.parse(SensorKind.class, name)),
                section.value("sensor-topic-level", RouteReader::level, 0),
                section.optional("time-zone", ZoneId::of),
                section.value("reference-temperature", RouteReader::temperature, ReferenceTemperature.CELSIUS_20),
                units);
    }

    private static void units(Section given, String field, Map<Quantity, Unit> units) {
        try {
            Quantity quantity = quantity(field);
            Unit unit = given.required(field, RouteReader::unit, quantity.unit());
            if (!quantity.isMeasuredIn(unit)) {
                given.problem(field, "cannot be in " + unit.symbol());
            }
            units.put(quantity, unit);
        } catch (IllegalArgumentException e) {
            given.problem(field, String.valueOf(e.getMessage()));
        }
    }

    private static int level(String text) {
        int level = Integer.parseInt(text);
        if (level < 1) {
            throw new IllegalArgumentException("levels of a topic are counted from 1");
        }
        return level;
    }

    private static ReferenceTemperature temperature(String text) {
        return switch (text) {
            case "0" -> ReferenceTemperature.CELSIUS_0;
            case "20" -> ReferenceTemperature.CELSIUS_20;
            case "25" -> ReferenceTemperature.CELSIUS_25;
            default -> throw new IllegalArgumentException("must be 0, 20 or 25 (degrees Celsius)");
        };
    }

    private static Unit unit(String text) {
        return Unit.parse(text).orElseThrow(() -> new IllegalArgumentException("that unit is not known"));
    }

    private static Quantity quantity(String field) {
        List<String> known = new ArrayList<>();
        for (Quantity quantity : Quantity.values()) {
            if (quantity.field().equals(field)) {
                return quantity;
            }
            known.add(quantity.field());
        }
        throw new IllegalArgumentException("is no measured field; those are " + String.join(", ", known));
    }

    private Decoder decoder(Section section, Source source) {
        boolean mapped = section.required("format", MAPPING::equals, false);
        if (mapped) {
            return new MappedJson(source, mapping(section, source));
        }
        if (section.has(MAPPING)) {
            section.problem(MAPPING, "belongs to format mapping");
        }
        return section.value("format", RouteReader::format, Format.SENML_JSON).decoder(source);
    }

    private static Format format(String name) {
        try {
            return Format.parse(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + ", mapping", e);
        }
    }

    private Mapping mapping(Section route, Source source) {
        if (!route.has(MAPPING)) {
            route.problem(MAPPING, "is missing");
        }
        Section section = route.section(MAPPING);
        SensorKind kind = source.kind();
        if (kind == null) {
            route.problem("kind", "is missing: a mapping must say whether it is traffic or air");
        }
        JsonPointer sensor = section.pointer("sensor");
        if (sensor == null && source.sensorTopicLevel() == 0) {
            section.problem("sensor", "is missing, and sensor-topic-level too");
        }
        Mapping mapping = new Mapping(
                kind == null ? SensorKind.AIR : kind,
                section.pointer("readings"),
                sensor,
                time(section),
                section.pointer("boot"),
                section.pointer("sequence"),
                section.pointer("lane"),
                period(section),
                values(section, kind));
        section.refuseUnknown();
        return mapping;
    }

    private static Mapping.@Nullable Time time(Section section) {
        if (!section.has("time")) {
            return null;
        }
        Section time = section.section("time");
        Mapping.Time result = new Mapping.Time(
                time.required("pointer", JsonPointer::compile, JsonPointer.empty()),
                time.value("form", name -> WireName.parse(Mapping.TimeForm.class, name), Mapping.TimeForm.ISO));
        time.refuseUnknown();
        return result;
    }

    private static Mapping.@Nullable Period period(Section section) {
        if (!section.has("period")) {
            return null;
        }
        Section period = section.section("period");
        Unit unit = period.value("unit", RouteReader::unit, Unit.SECOND);
        if (unit.dimension() != Dimension.DURATION) {
            period.problem("unit", "must be one of time");
        }
        Mapping.Period result =
                new Mapping.Period(period.required("pointer", JsonPointer::compile, JsonPointer.empty()), unit);
        period.refuseUnknown();
        return result;
    }

    private List<Mapping.Value> values(Section section, @Nullable SensorKind kind) {
        List<Mapping.Value> values = new ArrayList<>();
        Section fields = section.section("fields");
        for (String field : fields.keys()) {
            try {
                values.add(value(fields.section(field), quantity(field), kind));
            } catch (IllegalArgumentException e) {
                fields.problem(field, String.valueOf(e.getMessage()));
            }
        }
        if (values.isEmpty()) {
            section.problem("fields", "must name at least one measured field");
        }
        return values;
    }

    private static Mapping.Value value(Section section, Quantity quantity, @Nullable SensorKind kind) {
        if (kind != null && !quantity.isOf(kind)) {
            throw new IllegalArgumentException("is not measured by sensors of kind " + kind.wireName());
        }
        Unit unit = section.value("unit", RouteReader::unit, quantity.unit());
        if (!quantity.isMeasuredIn(unit)) {
            section.problem("unit", "cannot be " + unit.symbol());
        }
        Set<Double> missing = new HashSet<>();
        if (section.has("missing")) {
            section.texts("missing").forEach(text -> missing.add(Double.valueOf(text)));
        }
        Mapping.Value value = new Mapping.Value(
                quantity,
                section.required("pointer", JsonPointer::compile, JsonPointer.empty()),
                unit,
                section.number("scale", 1),
                missing);
        section.refuseUnknown();
        return value;
    }
}
