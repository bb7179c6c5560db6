package org.citystream.stack.command;

import java.io.IOException;
import java.util.List;
import org.citystream.stack.layout.Checkout;
import org.citystream.stack.process.ForegroundProgram;

/** What the simulator does without a running stack. */
final class SimulatorProgram {
    /** A city of 100,000 detectors fits. */
    private static final int HEAP_MB = 1536;

    private SimulatorProgram() {}

    static int run(List<String> arguments) throws IOException, InterruptedException {
        return ForegroundProgram.run(
                Checkout.current().classPath("simulator"),
                "org.citystream.simulator.SimulatorMain",
                HEAP_MB,
                arguments);
    }
}
