package org.citystream.stack.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code ./city generate}: writes a city file for the simulator; needs no running stack. */
@Command(
        name = "generate",
        description = "Writes a city file for the simulator: a grid, rings, radial roads; generate --help explains.")
public final class GenerateCommand implements Callable<Integer> {
    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("generate"));
        all.addAll(arguments);
        return SimulatorProgram.run(all);
    }
}
