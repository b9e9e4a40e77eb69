package org.carbomt.platform.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.carbomt.api.CarboException;
import org.carbomt.api.credit.Credits;
import org.carbomt.api.credit.Retirement;
import org.carbomt.api.proof.ProofFiles;

/** Retirements, their certificates and proof files: public. */
@Path("retirements")
@Produces(MediaType.APPLICATION_JSON)
public final class RetirementResource {
    private final Parts parts;

    RetirementResource(Parts parts) {
        this.parts = parts;
    }

    @GET
    public Page<Retirement> list() {
        return new Page<>(parts.get(Credits.class).retirements());
    }

    @POST
    public Retirement retire(@Context SecurityContext security, RetirementBody body) {
        Callers.mayActFor(security, Callers.need(body.accountId, "accountId"));
        return parts.get(Credits.class).retire(Callers.need(body.requestId, "requestId"), body.accountId, Callers.positive(body.tokenId, "tokenId"), Callers.positive(body.tonnes, "tonnes"), Callers.need(body.beneficiary, "beneficiary"), Callers.need(body.reason, "reason"));
    }

    @GET
    @Path("{id}")
    public Retirement one(@PathParam("id") String id) {
        return parts.get(Credits.class).retirement(id).orElseThrow(() -> new CarboException.NotFound("retirement", id));
    }

    @GET
    @Path("{id}/certificate")
    @Produces("text/html; charset=utf-8")
    public String certificate(@PathParam("id") String id) {
        return parts.get(Credits.class).certificate(one(id).id());
    }

    @GET
    @Path("{id}/proof")
    public byte[] proof(@PathParam("id") String id) {
        return parts.get(ProofFiles.class).ofRetirement(one(id).id());
    }

    public record RetirementBody(String requestId, String accountId, Long tokenId, Long tonnes, String beneficiary, String reason) {}
}
