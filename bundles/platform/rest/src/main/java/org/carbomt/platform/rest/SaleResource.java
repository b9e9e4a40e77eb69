package org.carbomt.platform.rest;

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
import org.carbomt.api.CarboException;
import org.carbomt.api.market.Sale;
import org.carbomt.api.market.Sales;

/** Sales at a fixed price. */
@Path("sales")
@Produces(MediaType.APPLICATION_JSON)
public final class SaleResource {
    private final Parts parts;

    SaleResource(Parts parts) {
        this.parts = parts;
    }

    @GET
    public Page<Sale> list(@QueryParam("status") String status) {
        return new Page<>(parts.get(Sales.class).list(Optional.ofNullable(status).map(Sale.Status::valueOf)));
    }

    @POST
    public Sale offer(@Context SecurityContext security, OfferBody body) {
        Callers.mayActFor(security, Callers.need(body.seller, "seller"));
        return parts.get(Sales.class).offer(Callers.need(body.requestId, "requestId"), body.seller, Callers.positive(body.tokenId, "tokenId"), Callers.positive(body.tonnes, "tonnes"), Callers.positive(body.priceMinorPerTonne, "priceMinorPerTonne"), Callers.need(body.currency, "currency"));
    }

    @POST
    @Path("{id}/buy")
    public Sale buy(@Context SecurityContext security, @PathParam("id") String id, BuyBody body) {
        Callers.mayActFor(security, Callers.need(body.buyer, "buyer"));
        return parts.get(Sales.class).buy(id, body.buyer);
    }

    @POST
    @Path("{id}/withdraw")
    public Sale withdraw(@Context SecurityContext security, @PathParam("id") String id) {
        var sale = parts.get(Sales.class).find(id).orElseThrow(() -> new CarboException.NotFound("sale", id));
        Callers.mayActFor(security, sale.seller());
        return parts.get(Sales.class).withdraw(id, sale.seller());
    }

    public record OfferBody(String requestId, String seller, Long tokenId, Long tonnes, Long priceMinorPerTonne, String currency) {}

    public record BuyBody(String buyer) {}
}
