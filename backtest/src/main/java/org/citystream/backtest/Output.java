package org.citystream.backtest;

import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Where a command writes to. */
record Output(PrintWriter out, PrintWriter err) {
    static Output of(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("not run by picocli");
        }
        CommandLine commandLine = spec.commandLine();
        return new Output(commandLine.getOut(), commandLine.getErr());
    }

    /** Writes a comparison's files, and prints it. */
    void tell(Comparison comparison, PastOptions options) throws IOException {
        ComparisonReport report = new ComparisonReport(comparison);
        report.write(options.out());
        if (options.json()) {
            out.println(report.json());
        } else {
            report.print(out);
            out.printf("%nwritten to %s: episodes.csv, differences.csv, report.json%n", options.out());
        }
        out.flush();
    }
}
