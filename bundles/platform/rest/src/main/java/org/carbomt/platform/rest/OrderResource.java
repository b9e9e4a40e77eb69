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
import org.carbomt.api.CarboException;
import org.carbomt.api.market.Exchange;
import org.carbomt.api.market.Order;
import org.carbomt.api.market.OrderRequest;

/** Orders of the caller's accounts. */
@Path("market/orders")
@Produces(MediaType.APPLICATION_JSON)
public final class OrderResource {
    private final Parts parts;

    OrderResource(Parts parts) {
        this.parts = parts;
    }

    @GET
    public Page<Order> list(@Context SecurityContext security, @QueryParam("account") String account, @QueryParam("open") boolean open, @QueryParam("limit") @DefaultValue("50") int limit) {
        Callers.maySee(security, Callers.need(account, "account"));
        return new Page<>(parts.get(Exchange.class).orders(account, open, Callers.limit(limit, 1_000)));
    }

    @POST
    public Order place(@Context SecurityContext security, OrderBody body) {
        Callers.mayActFor(security, Callers.need(body.account, "account"));
        var type = body.type == null ? Order.Type.LIMIT : body.type;
        long price = body.priceMinor == null && type == Order.Type.MARKET ? 0 : Callers.need(body.priceMinor, "priceMinor");
        return parts.get(Exchange.class).place(new OrderRequest(Callers.need(body.requestId, "requestId"), body.account, Callers.positive(body.tokenId, "tokenId"), Callers.need(body.side, "side"), type, price, Callers.need(body.tonnes, "tonnes")));
    }

    @GET
    @Path("{id}")
    public Order one(@Context SecurityContext security, @PathParam("id") String id) {
        var order = find(id);
        Callers.maySee(security, order.account());
        return order;
    }

    private Order find(String id) {
        return parts.get(Exchange.class).order(id).orElseThrow(() -> new CarboException.NotFound("order", id));
    }

    @POST
    @Path("{id}/cancel")
    public Order cancel(@Context SecurityContext security, @PathParam("id") String id) {
        var account = find(id).account();
        Callers.mayActFor(security, account);
        return parts.get(Exchange.class).cancel(account, id);
    }

    @POST
    @Path("{id}/reduce")
    public Order reduce(@Context SecurityContext security, @PathParam("id") String id, ReduceBody body) {
        var account = find(id).account();
        Callers.mayActFor(security, account);
        return parts.get(Exchange.class).reduce(account, id, Callers.need(body.openTonnes, "openTonnes"));
    }

    /** @param type LIMIT when it is left out. @param priceMinor per tonne; left out for a market order */
    public record OrderBody(String requestId, String account, Long tokenId, Order.Side side, Order.Type type, Long priceMinor, Long tonnes) {}

    /** @param openTonnes at most so many stay open; 0 cancels */
    public record ReduceBody(Long openTonnes) {}
}
