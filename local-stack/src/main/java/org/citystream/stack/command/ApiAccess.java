package org.citystream.stack.command;

import org.citystream.stack.alerting.AlertingClient;
import org.citystream.stack.layout.DataDirectory;
import org.citystream.stack.state.RunningStacks.Running;

/** The alerting service of a running stack, with that stack's token. */
final class ApiAccess {
    private ApiAccess() {}

    static AlertingClient to(StackChoice choice) {
        return to(choice.running());
    }

    static AlertingClient to(Running stack) {
        return new AlertingClient(
                stack.state().ports().alertingUrl(),
                DataDirectory.read(stack.data().adminTokenFile()));
    }
}
