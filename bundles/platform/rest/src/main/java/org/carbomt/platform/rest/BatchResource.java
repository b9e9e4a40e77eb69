package org.carbomt.platform.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.carbomt.api.CarboException;
import org.carbomt.api.proof.HourBatch;
import org.carbomt.api.proof.HourBatches;

/** Batches of verified hours. */
@Path("batches")
@Produces(MediaType.APPLICATION_JSON)
public final class BatchResource {
    private final Parts parts;

    BatchResource(Parts parts) {
        this.parts = parts;
    }

    @GET
    public Page<HourBatch> list() {
        return new Page<>(parts.get(HourBatches.class).list());
    }

    @POST
    public HourBatch seal(BatchBody body) {
        return parts.get(HourBatches.class).seal(Callers.need(body.caseId, "caseId"));
    }

    @GET
    @Path("{id}")
    public HourBatch one(@PathParam("id") String id) {
        return parts.get(HourBatches.class).find(id).orElseThrow(() -> new CarboException.NotFound("batch", id));
    }

    public record BatchBody(String caseId) {}
}
