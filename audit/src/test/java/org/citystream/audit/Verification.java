package org.citystream.audit;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** One run of {@code ./city verify}. */
record Verification(int status, String out, String err) {

    /** @param now what its wall clock says */
    static Verification run(String bootstrapServers, Instant now, String... options) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = AuditMain.commandLine(Clock.fixed(now, ZoneOffset.UTC));
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of("--kafka-bootstrap-servers", bootstrapServers));
        all.addAll(List.of(options));
        return new Verification(commandLine.execute(all.toArray(String[]::new)), out.toString(), err.toString());
    }
}
