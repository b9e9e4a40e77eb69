package org.carbomt.platform.rest;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.security.Principal;
import java.util.Optional;
import org.carbomt.api.Problem;
import org.carbomt.api.identity.Person;

/** Every call passes the {@link Door} before anything else is looked at. */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION)
public final class DoorFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private final Door door;
    @Context
    private HttpServletRequest servletRequest;

    DoorFilter(Door door) {
        this.door = door;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        var method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        var decision = door.decide(method, "/" + request.getUriInfo().getPath(), request.getHeaderString("Authorization"), servletRequest == null ? "" : servletRequest.getRemoteAddr());
        if (decision.status() != 0) {
            request.abortWith(Problems.response(decision.status(), problem(decision.status(), method + " /" + request.getUriInfo().getPath())));
            return;
        }
        request.setSecurityContext(new Caller(decision.caller(), request.getSecurityContext()));
    }

    static Problem problem(int status, String call) {
        return switch (status) {
            case 401 -> new Problem("access.unauthenticated", "Authorization", "", "Bearer and a valid access key");
            case 403 -> new Problem("access.denied", "call", call, "a role that may do this");
            case 429 -> new Problem("access.too-many-tries", "Authorization", "", "a pause of a minute");
            default -> new Problem("not-found", "call", call, "a call of /api/v1/openapi.json");
        };
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        response.getHeaders().putSingle("X-Content-Type-Options", "nosniff");
        response.getHeaders().putSingle("Cache-Control", "no-store");
        response.getHeaders().putSingle("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    }

    /** The calling person as a principal. */
    record Known(Person person) implements Principal {
        @Override
        public String getName() {
            return person.id();
        }
    }

    /** The calling person as a security context. */
    record Caller(Optional<Person> person, SecurityContext outer) implements SecurityContext {
        @Override
        public Principal getUserPrincipal() {
            return person.map(Known::new).orElse(null);
        }

        @Override
        public boolean isUserInRole(String role) {
            return person.map(p -> p.roles().stream().anyMatch(r -> r.name().equals(role))).orElse(false);
        }

        @Override
        public boolean isSecure() {
            return outer.isSecure();
        }

        @Override
        public String getAuthenticationScheme() {
            return "Bearer";
        }
    }
}
