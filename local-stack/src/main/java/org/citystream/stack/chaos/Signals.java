package org.citystream.stack.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.citystream.stack.failure.CityFailure;

/** Signals that Java does not send by itself. */
final class Signals {
    private Signals() {}

    /** The processes stand still. */
    static void stop(List<ProcessHandle> processes) throws InterruptedException {
        send("-STOP", processes);
    }

    /** The processes go on. */
    static void carryOn(List<ProcessHandle> processes) throws InterruptedException {
        send("-CONT", processes);
    }

    private static void send(String signal, List<ProcessHandle> processes) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        processes.stream()
                .filter(ProcessHandle::isAlive)
                .map(process -> Long.toString(process.pid()))
                .forEach(command::add);
        if (command.size() == 2) {
            return;
        }
        try {
            // What ends meanwhile is no failure: it does not go on by itself either.
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new CityFailure("cannot run " + String.join(" ", command) + ": " + e, "install the program kill", e);
        }
    }
}
