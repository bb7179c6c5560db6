package org.citystream.stack.chaos;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.process.Readiness;
import org.jspecify.annotations.Nullable;

/** A component of a deployment of the user's own, which is broken by the user's own commands and by nothing else. */
final class CommandedComponent implements Component {
    private final String name;
    private final Map<FaultKind, String> commands;
    private final @Nullable String carryOn;
    private final Readiness works;
    private final Proof proof;
    private boolean paused;

    /**
     * @param commands for the shell, by what they do
     * @param carryOn ends a pause; must be there if pauses are
     */
    CommandedComponent(
            String name, Map<FaultKind, String> commands, @Nullable String carryOn, Readiness works, Proof proof) {
        this.name = name;
        this.commands = new TreeMap<>(commands);
        this.carryOn = carryOn;
        this.works = works;
        this.proof = proof;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<FaultKind> faults() {
        return commands.keySet();
    }

    @Override
    public void inflict(FaultKind kind) throws InterruptedException {
        paused = kind.lasts();
        String command = commands.get(kind);
        if (command == null) {
            throw new IllegalArgumentException(name + " may not be given " + kind.wireName());
        }
        run(command);
    }

    @Override
    public void relieve() throws InterruptedException {
        if (paused && carryOn != null) {
            paused = false;
            run(carryOn);
        }
    }

    private void run(String command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder("sh", "-c", command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            int status = process.waitFor();
            if (status != 0) {
                throw new CityFailure(
                        "the command for " + name + " ended with " + status + ": " + command,
                        "run it by hand, and correct it in the file of --may-break");
            }
        } catch (IOException e) {
            throw new CityFailure("cannot run a shell: " + e, "check that there is sh on the path", e);
        }
    }

    @Override
    public Optional<String> problem() {
        return works.problem();
    }

    @Override
    public Proof proof() {
        return proof;
    }
}
