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
import java.util.Optional;
import org.carbomt.api.market.MarketFinding;
import org.carbomt.api.market.MarketFindings;

/** What surveillance of the market has found, for those who judge it. */
@Path("market/findings")
@Produces(MediaType.APPLICATION_JSON)
public final class SurveillanceResource {
    private final Parts parts;

    SurveillanceResource(Parts parts) {
        this.parts = parts;
    }

    @GET
    public Page<MarketFinding> list(@QueryParam("open") boolean open, @QueryParam("account") String account, @QueryParam("limit") @DefaultValue("50") int limit) {
        return new Page<>(parts.get(MarketFindings.class).list(open, Optional.ofNullable(account), Callers.limit(limit, 1_000)));
    }

    @POST
    @Path("{id}/clear")
    public MarketFinding clear(@Context SecurityContext security, @PathParam("id") String id, ClearBody body) {
        return parts.get(MarketFindings.class).clear(id, Callers.caller(security).id(), Callers.need(body.reason, "reason"));
    }

    public record ClearBody(String reason) {}
}
