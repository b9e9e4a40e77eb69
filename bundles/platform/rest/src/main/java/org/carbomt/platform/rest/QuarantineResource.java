package org.carbomt.platform.rest;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.Optional;
import org.carbomt.api.Problem;
import org.carbomt.api.intake.Outcome;
import org.carbomt.api.intake.Quarantine;

/** Bad input that was kept. */
@Path("quarantine")
@Produces(MediaType.APPLICATION_JSON)
public final class QuarantineResource {
    private final Parts parts;

    QuarantineResource(Parts parts) {
        this.parts = parts;
    }

    @GET
    public Page<Held> list(@QueryParam("device") String device, @QueryParam("before") String before, @QueryParam("limit") @DefaultValue("50") int limit) {
        return new Page<>(parts.get(Quarantine.class).list(Optional.ofNullable(device), Optional.ofNullable(before), Callers.limit(limit, 1_000)).stream().map(QuarantineResource::view).toList());
    }

    @POST
    @Path("{id}/release")
    public Released release(@Context SecurityContext security, @PathParam("id") String id) {
        var outcome = parts.get(Quarantine.class).release(id, Callers.caller(security).id());
        var problem = outcome instanceof Outcome.Quarantined q ? Optional.of(q.problem()) : outcome instanceof Outcome.Refused r ? Optional.of(r.problem()) : Optional.<Problem>empty();
        return new Released(outcome instanceof Outcome.Accepted, problem);
    }

    @POST
    @Path("{id}/discard")
    public void discard(@Context SecurityContext security, @PathParam("id") String id, DiscardBody body) {
        parts.get(Quarantine.class).discard(id, Callers.caller(security).id(), Callers.need(body.reason, "reason"));
    }

    private static Held view(Quarantine.Entry e) {
        return new Held(e.id(), e.arrival().deviceId(), e.arrival().protocol(), e.arrival().source(), e.problem(), e.at(), e.status(), e.handledBy(), e.note(), e.times(), e.arrival().payload());
    }

    /** @param times how often the same message came while it was held */
    public record Held(String id, String deviceId, String protocol, String source, Problem problem, Instant at, String status, String handledBy, String note, int times, byte[] payload) {}

    public record Released(boolean accepted, Optional<Problem> problem) {}

    public record DiscardBody(String reason) {}
}
