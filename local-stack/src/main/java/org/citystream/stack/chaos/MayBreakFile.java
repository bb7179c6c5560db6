package org.citystream.stack.chaos;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citystream.model.wire.WireName;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.process.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * What may be broken in a deployment, and by which commands, as the user wrote it down:
 *
 * <pre>
 * components:
 *   - name: gateway
 *     kill: kubectl -n city delete pod gateway-0 --grace-period=0 --force
 *     restart: kubectl -n city delete pod gateway-0
 *     ready: http://gateway.example:8091/health/ready
 *     proof: readings
 * </pre>
 */
public final class MayBreakFile {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path file;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private MayBreakFile(Path file) {
        this.file = file;
    }

    private record Document(
            @JsonProperty("components") @Nullable List<Entry> components) {}

    private record Entry(
            @JsonProperty("name") @Nullable String name,
            @JsonProperty("kill") @Nullable String kill,
            @JsonProperty("restart") @Nullable String restart,
            @JsonProperty("pause") @Nullable String pause,
            @JsonProperty("continue") @Nullable String carryOn,
            @JsonProperty("ready") @Nullable String ready,
            @JsonProperty("proof") @Nullable String proof) {

        Map<FaultKind, String> commands() {
            Map<FaultKind, String> commands = new EnumMap<>(FaultKind.class);
            put(commands, FaultKind.KILL, kill);
            put(commands, FaultKind.RESTART, restart);
            put(commands, FaultKind.PAUSE, pause);
            return commands;
        }

        private static void put(Map<FaultKind, String> commands, FaultKind kind, @Nullable String command) {
            if (command != null) {
                commands.put(kind, command);
            }
        }
    }

    /** @throws CityFailure naming everything that is wrong in it */
    public static List<Component> read(Path file) {
        return new MayBreakFile(file).components();
    }

    private List<Component> components() {
        List<Entry> entries = entries();
        List<Component> components = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            components.add(component("components[" + i + "]", entries.get(i)));
        }
        if (entries.isEmpty()) {
            problems.add("components: names nothing");
        }
        if (!problems.isEmpty()) {
            throw refused(String.join(System.lineSeparator() + "    ", problems), null);
        }
        return components;
    }

    private List<Entry> entries() {
        try {
            Document document = YAML.readValue(file.toFile(), Document.class);
            return document == null || document.components() == null ? List.of() : document.components();
        } catch (IOException e) {
            throw refused(String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
        }
    }

    private Component component(String place, Entry entry) {
        String name = entry.name() == null ? "" : entry.name();
        if (name.isBlank()) {
            problems.add(place + ".name: is missing");
        } else if (!names.add(name)) {
            problems.add(place + ".name: there are two of '" + name + "'");
        }
        Map<FaultKind, String> commands = entry.commands();
        if (commands.isEmpty()) {
            problems.add(place + ": has none of kill, restart and pause");
        }
        if ((entry.pause() == null) != (entry.carryOn() == null)) {
            problems.add(place + ": pause and continue must come together");
        }
        Readiness works = entry.ready() == null ? Readiness.alive() : Readiness.http(entry.ready());
        if (entry.ready() != null && !entry.ready().matches("https?://.+")) {
            problems.add(place + ".ready: must be http://... or https://... but is " + entry.ready());
        }
        return new CommandedComponent(name, commands, entry.carryOn(), works, proof(place, entry));
    }

    private Proof proof(String place, Entry entry) {
        if (entry.proof() == null) {
            return Proof.SUMMARIES;
        }
        try {
            return WireName.parse(Proof.class, entry.proof());
        } catch (IllegalArgumentException e) {
            problems.add(place + ".proof: " + e.getMessage());
            return Proof.SUMMARIES;
        }
    }

    private CityFailure refused(String problem, @Nullable Exception cause) {
        String what = "what may be broken is refused whole, nothing has been broken: " + file + System.lineSeparator()
                + "    " + problem;
        String remedy = "correct the file; docs/verify.md describes it";
        return cause == null ? new CityFailure(what, remedy) : new CityFailure(what, remedy, cause);
    }
}
