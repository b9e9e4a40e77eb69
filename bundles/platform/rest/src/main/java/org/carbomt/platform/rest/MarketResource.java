package org.carbomt.platform.rest;

import jakarta.ws.rs.DefaultValue;
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
import java.time.Instant;
import java.util.Optional;
import org.carbomt.api.identity.Role;
import org.carbomt.api.market.Depth;
import org.carbomt.api.market.Exchange;
import org.carbomt.api.market.Instrument;
import org.carbomt.api.market.MarketSettlement;
import org.carbomt.api.market.Order;
import org.carbomt.api.market.Position;
import org.carbomt.api.market.Trade;

/** The order book from outside: what is traded, at which prices; what accounts have in it and how it is settled. */
@Path("market")
@Produces(MediaType.APPLICATION_JSON)
public final class MarketResource {
    private final Parts parts;

    MarketResource(Parts parts) {
        this.parts = parts;
    }

    @GET
    @Path("instruments")
    public Page<Instrument> instruments() {
        return new Page<>(parts.get(Exchange.class).instruments());
    }

    @PUT
    @Path("instruments/{token}")
    public Instrument list(@PathParam("token") long token, ListingBody body) {
        return parts.get(Exchange.class).list(token, Callers.positive(body.tickMinor, "tickMinor"));
    }

    @GET
    @Path("instruments/{token}/depth")
    public Depth depth(@PathParam("token") long token, @QueryParam("levels") @DefaultValue("20") int levels) {
        return parts.get(Exchange.class).depth(token, Callers.limit(levels, 1_000));
    }

    @GET
    @Path("trades")
    public Page<PublicTrade> trades(@QueryParam("token") Long token, @QueryParam("limit") @DefaultValue("50") int limit) {
        return new Page<>(parts.get(Exchange.class).trades(Optional.ofNullable(token), Callers.limit(limit, 1_000)).stream().map(MarketResource::view).toList());
    }

    /** Who traded is not for everyone. */
    private static PublicTrade view(Trade t) {
        return new PublicTrade(t.id(), t.tokenId(), t.priceMinor(), t.tonnes(), t.taker(), t.at());
    }

    @GET
    @Path("state")
    public Exchange.State state() {
        return parts.get(Exchange.class).state();
    }

    @GET
    @Path("settlements")
    public Page<MarketSettlement> settlements(@Context SecurityContext security, @QueryParam("status") String status, @QueryParam("account") String account, @QueryParam("limit") @DefaultValue("50") int limit) {
        var roles = Callers.caller(security).roles();
        boolean all = roles.contains(Role.ADMINISTRATOR) || roles.contains(Role.AUDITOR);
        if (!all) Callers.maySee(security, Callers.need(account, "account"));
        var most = Callers.limit(limit, 1_000);
        var list = parts.get(Exchange.class).settlements(Optional.ofNullable(status).map(s -> Callers.word(MarketSettlement.Status.class, s, "status")), account == null ? most : Integer.MAX_VALUE);
        return new Page<>(list.stream().filter(s -> account == null || s.seller().equals(account) || s.buyer().equals(account)).limit(most).toList());
    }

    @GET
    @Path("positions")
    public Page<Position> positions(@Context SecurityContext security, @QueryParam("account") String account) {
        Callers.maySee(security, Callers.need(account, "account"));
        return new Page<>(parts.get(Exchange.class).positions(account));
    }

    @POST
    @Path("deposits")
    public Position deposit(@Context SecurityContext security, MoveBody body) {
        Callers.mayActFor(security, Callers.need(body.account, "account"));
        return parts.get(Exchange.class).deposit(Callers.need(body.requestId, "requestId"), body.account, Callers.need(body.tokenId, "tokenId"), Callers.positive(body.amount, "amount"));
    }

    @POST
    @Path("withdrawals")
    public Position withdraw(@Context SecurityContext security, MoveBody body) {
        Callers.mayActFor(security, Callers.need(body.account, "account"));
        return parts.get(Exchange.class).withdraw(Callers.need(body.requestId, "requestId"), body.account, Callers.need(body.tokenId, "tokenId"), Callers.positive(body.amount, "amount"));
    }

    public record ListingBody(Long tickMinor) {}

    public record PublicTrade(long id, long tokenId, long priceMinor, long tonnes, Order.Side taker, Instant at) {}

    /** @param tokenId 0 for cash */
    public record MoveBody(String requestId, String account, Long tokenId, Long amount) {}
}
