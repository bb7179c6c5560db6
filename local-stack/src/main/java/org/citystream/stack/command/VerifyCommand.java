package org.citystream.stack.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.citystream.model.wire.JsonCodec;
import org.citystream.service.config.UsageCheck;
import org.citystream.service.kafka.KafkaSettings;
import org.citystream.stack.chaos.ChaosRun;
import org.citystream.stack.chaos.Component;
import org.citystream.stack.chaos.MayBreakFile;
import org.citystream.stack.layout.Checkout;
import org.citystream.stack.process.ForegroundProgram;
import org.citystream.stack.state.RunningStacks.Running;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * {@code ./city verify}: the audit, of a running stack with everything it has, or, where Kafka is named, of a deployment
 * of the user's own with what is named; after faults, if they are wanted.
 */
@Command(name = "verify", description = "Loss and duplicate audit of a running stack or a deployment: verify --help.")
public final class VerifyCommand implements Callable<Integer> {
    /** Ten million messages fit into 1.2 GB; less is taken for less. */
    private static final int HEAP_MB = 1536;

    private static final String AUDIT = "org.citystream.audit.AuditMain";
    private static final String KAFKA = AuditOfStack.KAFKA;
    /** What was sent last is still on its way when the faults are over; a webhook's third attempt comes after five minutes. */
    private static final String PATIENCE_AFTER_FAULTS = "PT6M";

    private static final String RECEIVED = "--webhook-log";
    /** Messages a second; a laptop has as much to spare. */
    private static final int LOAD_OF_A_STACK = 200;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private StackChoice choice = new StackChoice();

    @Mixin
    private ChaosChoice chaos = new ChaosChoice();

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        boolean asksForHelp = names("--help") || names("-h");
        if (chaos.isWanted() && !asksForHelp) {
            return afterFaults();
        }
        if (asksForHelp || names(UsageCheck.OPTION) || names(KAFKA)) {
            return audit(List.of());
        }
        return choice.onRunning(this::understood, stack -> audit(ofStack(stack)));
    }

    private int understood() throws IOException, InterruptedException {
        return audit(names(UsageCheck.OPTION) ? List.of() : List.of(UsageCheck.OPTION));
    }

    private int audit(List<String> more) throws IOException, InterruptedException {
        return ForegroundProgram.run(auditor(), AUDIT, HEAP_MB, with(more));
    }

    private static List<Path> auditor() {
        return Checkout.current().classPath("audit");
    }

    private int afterFaults() throws IOException, InterruptedException {
        ChaosRun.Settings settings = chaos.settings(names(KAFKA) ? 0 : LOAD_OF_A_STACK);
        List<Component> permitted = names(KAFKA) ? permitted(settings) : List.of();
        refuseLogOfTheUser();
        // The audit comes last, and wrong usage of it must not come to light when everything has been broken already.
        int understood = understood();
        return understood == 0 && !names(UsageCheck.OPTION) ? afterFaults(settings, permitted) : understood;
    }

    private void refuseLogOfTheUser() {
        if (!names(KAFKA) && names(RECEIVED)) {
            throw new ParameterException(
                    command(), RECEIVED + " has no meaning here: --chaos on a stack has a webhook of its own");
        }
    }

    private int afterFaults(ChaosRun.Settings settings, List<Component> permitted)
            throws IOException, InterruptedException {
        boolean json = names("--json");
        PrintWriter out = json ? command().getErr() : command().getOut();
        Path report = json ? Files.createTempFile("citystream-audit", ".json") : null;
        try {
            Consumer<String> say = line -> {
                out.println(line);
                out.flush();
            };
            ChaosRun.Result result =
                    names(KAFKA) ? onDeployment(settings, permitted, report, say) : onStack(settings, report, say);
            if (report != null) {
                print(result, report);
            }
            return result.verdict().isOk() ? 0 : 1;
        } finally {
            if (report != null) {
                Files.deleteIfExists(report);
            }
        }
    }

    private ChaosRun.Result onStack(ChaosRun.Settings settings, @Nullable Path report, Consumer<String> say)
            throws IOException, InterruptedException {
        Running stack = choice.running();
        say.accept(settings.faults() + " faults with seed " + settings.seed() + " on "
                + stack.data().root() + ", at " + settings.messagesPerSecond() + " messages a second");
        return new ChaosRun(settings, options -> audit(ofStack(stack), options, report), say)
                .onStack(stack, ApiAccess.to(stack));
    }

    private List<Component> permitted(ChaosRun.Settings settings) {
        Path mayBreak = chaos.mayBreak();
        if (mayBreak == null || settings.messagesPerSecond() > 0) {
            throw new ParameterException(
                    command(),
                    "--chaos on a deployment of your own wants --may-break FILE, which says what may be broken and how,"
                            + " and no --rate: readings come from your sensors, or from a ./city simulate --ledger DIR"
                            + " of yours");
        }
        return MayBreakFile.read(mayBreak);
    }

    private ChaosRun.Result onDeployment(
            ChaosRun.Settings settings, List<Component> permitted, @Nullable Path report, Consumer<String> say)
            throws IOException, InterruptedException {
        say.accept(settings.faults() + " faults with seed " + settings.seed() + ", of what " + chaos.mayBreak()
                + " permits");
        return new ChaosRun(settings, options -> audit(List.of(), options, report), say)
                .onDeployment(kafka(), permitted);
    }

    /** The user's options that say where Kafka is, which are the audit's. */
    private KafkaSettings kafka() {
        KafkaSettings kafka = new KafkaSettings();
        CommandSpec options = CommandSpec.create().addMixin("kafka", CommandSpec.forAnnotatedObject(kafka));
        new CommandLine(options).setUnmatchedArgumentsAllowed(true).parseArgs(arguments.toArray(String[]::new));
        return kafka;
    }

    private boolean audit(List<String> ofStack, List<String> ofFaults, @Nullable Path report)
            throws IOException, InterruptedException {
        List<String> all = with(ofStack);
        all.addAll(ofFaults);
        if (!names("--wait")) {
            all.addAll(List.of("--wait", PATIENCE_AFTER_FAULTS));
        }
        return report == null
                ? ForegroundProgram.run(auditor(), AUDIT, HEAP_MB, all) == 0
                : ForegroundProgram.runInto(report, auditor(), AUDIT, HEAP_MB, all) == 0;
    }

    private void print(ChaosRun.Result result, Path report) throws IOException {
        ObjectNode json = result.json();
        json.set("audit", JsonCodec.internal().readTree(Files.readAllBytes(report)));
        PrintWriter out = command().getOut();
        out.println(JsonCodec.internal().writerWithDefaultPrettyPrinter().writeValueAsString(json));
        out.flush();
    }

    /** The user's own arguments, and more. */
    private List<String> with(List<String> more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(more);
        return all;
    }

    private List<String> ofStack(Running stack) {
        return AuditOfStack.options(stack.data(), stack.state().ports(), this::names);
    }

    private boolean names(String option) {
        return arguments.stream().anyMatch(a -> a.equals(option) || a.startsWith(option + "="));
    }

    private CommandLine command() {
        if (spec == null) {
            throw new IllegalStateException("run through picocli");
        }
        return spec.commandLine();
    }
}
