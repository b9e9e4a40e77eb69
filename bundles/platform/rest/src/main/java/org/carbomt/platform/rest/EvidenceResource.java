package org.carbomt.platform.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.carbomt.api.evidence.EvidenceCopies;

/** Where evidence lies beside the disk. */
@Path("evidence")
@Produces(MediaType.APPLICATION_JSON)
public final class EvidenceResource {
    private final Parts parts;

    EvidenceResource(Parts parts) {
        this.parts = parts;
    }

    /** How far each store of copies has come; none where evidence lies on disk only. */
    @GET
    @Path("stores")
    public Page<EvidenceCopies.State> stores() {
        return new Page<>(parts.get(EvidenceCopies.class).stores());
    }
}
