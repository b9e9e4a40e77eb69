package org.carbomt.platform.rest;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import java.util.Set;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.identity.Identity;
import org.carbomt.api.identity.Person;
import org.carbomt.api.identity.Role;

/** People and their access keys. */
@Path("people")
@Produces(MediaType.APPLICATION_JSON)
public final class PeopleResource {
    private final Parts parts;

    PeopleResource(Parts parts) {
        this.parts = parts;
    }

    @GET
    public Page<Person> list() {
        return new Page<>(parts.get(Identity.class).all());
    }

    @PUT
    @Path("{id}")
    public Person put(@Context SecurityContext security, @PathParam("id") String id, PersonBody body) {
        var person = new Person(id, Callers.need(body.name, "name"), Callers.need(body.organisation, "organisation"), Callers.need(body.roles, "roles"), Optional.ofNullable(body.signingKey), body.accounts == null ? Set.of() : body.accounts);
        if (Callers.caller(security).id().equals(id) && !person.roles().contains(Role.ADMINISTRATOR)) throw new CarboException.Conflict(new Problem("person.last-key", "roles", person.roles().toString(), "an administrator keeps the own role; another takes it away"));
        parts.get(Identity.class).put(person);
        return person;
    }

    @POST
    @Path("{id}/access-key")
    public AccessKey renew(@PathParam("id") String id) {
        return new AccessKey(parts.get(Identity.class).renewAccessKey(id));
    }

    @DELETE
    @Path("{id}")
    public void remove(@Context SecurityContext security, @PathParam("id") String id) {
        if (Callers.caller(security).id().equals(id)) throw new CarboException.Conflict(new Problem("person.self", "id", id, "another administrator removes this person"));
        parts.get(Identity.class).remove(id);
    }

    public record PersonBody(String name, String organisation, Set<Role> roles, String signingKey, Set<String> accounts) {}

    public record AccessKey(String accessKey) {}
}
