package org.citystream.stack;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.citystream.stack.layout.DataDirectory;
import org.citystream.stack.state.ProcessIdentity;
import org.citystream.stack.state.StackState;
import org.citystream.stack.state.StateFile;
import picocli.CommandLine;

/** The {@code ./city} command on a stack of which a test provides the services it needs. */
final class CommandLineOnStack {
    private final Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** @param portOffset that puts the service the test provides where the command looks for it */
    CommandLineOnStack(Path directory, int portOffset) throws IOException {
        this.directory = directory;
        DataDirectory data = new DataDirectory(directory);
        Files.createDirectories(data.stateFile().getParent());
        Files.createDirectories(data.adminTokenFile().getParent());
        Files.writeString(data.adminTokenFile(), "let-me-in\n");
        new StateFile(data.stateFile()).write(new StackState("up", ProcessIdentity.current(), portOffset, List.of()));
    }

    int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine commandLine = CityMain.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(Stream.concat(Stream.of(arguments), Stream.of("--data-dir", directory.toString()))
                .toArray(String[]::new));
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
