package org.carbomt.platform.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.carbomt.api.CarboException;
import org.carbomt.api.credit.CreditBatch;
import org.carbomt.api.credit.Credits;
import org.carbomt.api.credit.Methodology;
import org.carbomt.api.credit.Project;

/** Projects, issuances, holdings, transfers, traces. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class CreditResource {
    private final Parts parts;

    CreditResource(Parts parts) {
        this.parts = parts;
    }

    @GET
    @Path("projects")
    public Page<Project> projects() {
        return new Page<>(parts.get(Credits.class).projects());
    }

    @PUT
    @Path("projects/{id}")
    public Project put(@PathParam("id") String id, ProjectBody body) {
        var parameters = new LinkedHashMap<String, BigDecimal>();
        if (body.parameters != null) body.parameters.forEach((name, text) -> parameters.put(name, Callers.decimal(text, "parameters." + name)));
        var project = new Project(id, body.name == null ? id : body.name, Callers.need(body.country, "country"), Callers.need(body.sourceId, "sourceId"), Callers.need(body.methodology, "methodology"),
                Callers.need(body.baselineBatchId, "baselineBatchId"), Callers.need(body.accountId, "accountId"), parameters);
        parts.get(Credits.class).putProject(project);
        return project;
    }

    @GET
    @Path("projects/{id}/preview")
    public Methodology.Quantification preview(@PathParam("id") String id, @QueryParam("batch") String batch) {
        return parts.get(Credits.class).preview(id, Callers.need(batch, "batch"));
    }

    @GET
    @Path("issuances")
    public Page<CreditBatch> issuances() {
        return new Page<>(parts.get(Credits.class).issuances());
    }

    @POST
    @Path("issuances")
    public CreditBatch issue(IssuanceBody body) {
        return parts.get(Credits.class).issue(Callers.need(body.projectId, "projectId"), Callers.need(body.batchId, "batchId"));
    }

    @GET
    @Path("issuances/{id}")
    public CreditBatch issuance(@PathParam("id") String id) {
        return parts.get(Credits.class).issuance(id).orElseThrow(() -> new CarboException.NotFound("issuance", id));
    }

    @GET
    @Path("credits/{token}/trace")
    public Credits.Trace trace(@PathParam("token") long token) {
        return parts.get(Credits.class).trace(token);
    }

    @GET
    @Path("holdings")
    public Page<Credits.Holding> holdings(@QueryParam("account") String account) {
        return new Page<>(parts.get(Credits.class).holdings(Optional.ofNullable(account)));
    }

    @POST
    @Path("transfers")
    public Transfer transfer(@Context SecurityContext security, TransferBody body) {
        Callers.mayActFor(security, Callers.need(body.from, "from"));
        return new Transfer(parts.get(Credits.class).transfer(Callers.need(body.requestId, "requestId"), body.from, Callers.need(body.to, "to"), Callers.positive(body.tokenId, "tokenId"), Callers.positive(body.tonnes, "tonnes")));
    }

    public record ProjectBody(String name, String country, String sourceId, String methodology, String baselineBatchId, String accountId, Map<String, String> parameters) {}

    public record IssuanceBody(String projectId, String batchId) {}

    public record TransferBody(String requestId, String from, String to, Long tokenId, Long tonnes) {}

    public record Transfer(String effectKey) {}
}
