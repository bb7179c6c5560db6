package org.citystream.alerting.api;

import io.javalin.security.RouteRole;
import org.citystream.alerting.access.Role;

/** The role that a route needs. */
enum Needs implements RouteRole {
    VIEWER(Role.VIEWER),
    OPERATOR(Role.OPERATOR),
    ADMIN(Role.ADMIN);

    private final Role role;

    Needs(Role role) {
        this.role = role;
    }

    Role role() {
        return role;
    }
}
