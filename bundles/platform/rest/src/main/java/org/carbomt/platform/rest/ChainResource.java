package org.carbomt.platform.rest;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.carbomt.api.ledger.EffectState;
import org.carbomt.api.ledger.Ledger;

/** Effects on the chain, its events, and what the network is. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class ChainResource {
    private final Parts parts;

    ChainResource(Parts parts) {
        this.parts = parts;
    }

    @GET
    @Path("effects")
    public Page<EffectState> effects(@QueryParam("status") String status, @QueryParam("key") String key, @QueryParam("limit") @DefaultValue("100") int limit) {
        var ledger = parts.get(Ledger.class);
        if (key != null) return new Page<>(ledger.find(key).stream().toList());
        return new Page<>(ledger.effects(Optional.ofNullable(status).map(EffectState.Status::valueOf), Callers.limit(limit, 10_000)));
    }

    @GET
    @Path("chain/events")
    public Page<Ledger.ChainEvent> events(@QueryParam("token") Long token, @QueryParam("fromBlock") @DefaultValue("0") long fromBlock) {
        return new Page<>(parts.get(Ledger.class).events(Optional.ofNullable(token), fromBlock));
    }

    @GET
    @Path("chain/network")
    public Ledger.Network network() {
        return parts.get(Ledger.class).network();
    }
}
