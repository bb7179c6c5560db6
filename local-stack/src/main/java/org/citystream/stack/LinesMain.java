package org.citystream.stack;

import org.citystream.stack.line.Lines;

/** The lines between the services of a stack that is to be broken. */
public final class LinesMain {
    private LinesMain() {}

    public static void main(String[] arguments) {
        EmbeddedMain.run("lines", () -> Lines.open(EmbeddedMain.setting("LINES"), EmbeddedMain.port("CONTROL_PORT")));
    }
}
