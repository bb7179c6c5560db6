package org.citystream.stack.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.citystream.model.wire.JsonCodec;
import org.citystream.stack.failure.CityFailure;
import org.citystream.stack.state.RunningStacks.Running;
import org.citystream.stack.state.StackState.ServiceState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./city status}. */
@Command(name = "status", mixinStandardHelpOptions = true, description = "Shows the services of a stack.")
public final class StatusCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private StackChoice choice = new StackChoice();

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Running stack;
        try {
            stack = choice.running();
        } catch (CityFailure e) {
            if (json) {
                out.println("{\"services\":[]}");
                out.flush();
            }
            throw e;
        }
        List<ServiceState> services =
                stack.state().services().stream().map(StatusCommand::asItIsNow).toList();
        out.print(json ? toJson(services) : toTable(stack, services));
        out.flush();
        return 0;
    }

    /** The file tells what the supervisor saw last; a process may have ended since. */
    private static ServiceState asItIsNow(ServiceState service) {
        return service.process() == null || service.alive().isPresent()
                ? service
                : new ServiceState(service.name(), "down", null, service.url(), service.health(), service.restarts());
    }

    static String toJson(List<ServiceState> services) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode array = root.putArray("services");
        for (ServiceState service : services) {
            ObjectNode node = array.addObject();
            node.put("name", service.name());
            node.put("state", service.state());
            if (service.process() == null) {
                node.putNull("pid");
            } else {
                node.put("pid", service.process().pid());
            }
            node.put("url", service.url());
            node.put("health", service.health());
            node.put("restarts", service.restarts());
        }
        return new String(JsonCodec.write(root), java.nio.charset.StandardCharsets.UTF_8) + System.lineSeparator();
    }

    private static String toTable(Running stack, List<ServiceState> services) {
        StringBuilder table = new StringBuilder();
        table.append("stack ")
                .append(stack.state().phase())
                .append(" on ")
                .append(stack.data().root())
                .append(System.lineSeparator());
        table.append(row("SERVICE", "STATE", "PID", "RESTARTS", "URL", "HEALTH"));
        for (ServiceState service : services) {
            table.append(row(
                    service.name(),
                    service.state(),
                    service.process() == null
                            ? "-"
                            : Long.toString(service.process().pid()),
                    Integer.toString(service.restarts()),
                    service.url(),
                    service.health()));
        }
        return table.toString();
    }

    private static String row(String name, String state, String pid, String restarts, String url, String health) {
        return String.format(Locale.ROOT, "%-18s %-9s %-8s %-9s %-32s %s%n", name, state, pid, restarts, url, health);
    }
}
