package org.citystream.audit;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import org.citystream.audit.http.UnreachableException;
import org.citystream.ledger.LedgerException;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** {@code ./city verify}. Exit codes: 0 every promise is kept, 1 one is broken or could not be checked, 2 wrong usage. */
public final class AuditMain {
    private static final int FAILED = 1;

    private AuditMain() {}

    public static void main(String[] arguments) {
        System.exit(commandLine(Clock.systemUTC()).execute(arguments));
    }

    static CommandLine commandLine(Clock clock) {
        return new CommandLine(new VerifyCommand(clock)).setExecutionExceptionHandler(AuditMain::report);
    }

    private static int report(Exception failure, CommandLine commandLine, ParseResult arguments) throws Exception {
        PrintWriter err = commandLine.getErr();
        if (failure instanceof LedgerException) {
            err.println("city: " + failure.getMessage());
            err.println("  what to do: name the folder that --ledger of ./city simulate, replay or up has filled");
        } else if (failure instanceof UnreachableException) {
            err.println("city: " + failure.getMessage());
            err.println("  what to do: correct the address, or leave the option out to check without it");
        } else if (failure instanceof UncheckedIOException unreadable) {
            err.println("city: " + unreadable.getMessage());
            err.println("  what to do: check the file; ./city webhook listen --log FILE writes one");
        } else {
            throw failure;
        }
        return FAILED;
    }
}
