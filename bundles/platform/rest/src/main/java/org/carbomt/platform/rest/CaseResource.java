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
import org.carbomt.api.CarboException;
import org.carbomt.api.verification.Finding;
import org.carbomt.api.verification.VerificationCase;
import org.carbomt.api.verification.Verifications;

/** Verification: cases, findings, the verifier's signature. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class CaseResource {
    private final Parts parts;

    CaseResource(Parts parts) {
        this.parts = parts;
    }

    @GET
    @Path("cases")
    public Page<VerificationCase> list(@QueryParam("status") String status) {
        return new Page<>(parts.get(Verifications.class).list(Optional.ofNullable(status).map(VerificationCase.Status::valueOf)));
    }

    @POST
    @Path("cases")
    public VerificationCase open(@Context SecurityContext security, CaseBody body) {
        return parts.get(Verifications.class).open(Callers.need(body.sourceId, "sourceId"), Callers.need(body.from, "from"), Callers.need(body.to, "to"), Callers.caller(security).id());
    }

    @GET
    @Path("cases/{id}")
    public VerificationCase one(@PathParam("id") String id) {
        return parts.get(Verifications.class).find(id).orElseThrow(() -> new CarboException.NotFound("case", id));
    }

    @GET
    @Path("cases/{id}/findings")
    public Page<Finding> findings(@PathParam("id") String id) {
        return new Page<>(parts.get(Verifications.class).findings(one(id).id()));
    }

    @GET
    @Path("cases/{id}/statement")
    public Statement statement(@Context SecurityContext security, @PathParam("id") String id, @QueryParam("accept") boolean accept, @QueryParam("reason") @DefaultValue("") String reason) {
        return new Statement(parts.get(Verifications.class).statement(one(id).id(), Callers.caller(security).id(), accept, reason));
    }

    @POST
    @Path("cases/{id}/signature")
    public VerificationCase sign(@Context SecurityContext security, @PathParam("id") String id, SignatureBody body) {
        return parts.get(Verifications.class).sign(one(id).id(), Callers.caller(security).id(), Callers.need(body.accept, "accept"), body.reason == null ? "" : body.reason, Callers.need(body.signature, "signature"));
    }

    @POST
    @Path("findings/{id}/clear")
    public Finding clear(@Context SecurityContext security, @PathParam("id") String id, ClearBody body) {
        return parts.get(Verifications.class).clear(id, Callers.caller(security).id(), Callers.need(body.reason, "reason"));
    }

    public record CaseBody(String sourceId, Instant from, Instant to) {}

    public record Statement(String statement) {}

    public record SignatureBody(Boolean accept, String reason, String signature) {}

    public record ClearBody(String reason) {}
}
