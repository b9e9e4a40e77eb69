package org.carbomt.platform.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Optional;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.credit.Credits;
import org.carbomt.api.identity.Role;
import org.carbomt.api.ledger.Effect;
import org.carbomt.api.ledger.EffectState;
import org.carbomt.api.ledger.Ledger;

/** Ledger accounts, their credits and cash. */
@Path("accounts")
@Produces(MediaType.APPLICATION_JSON)
public final class AccountResource {
    private final Parts parts;

    AccountResource(Parts parts) {
        this.parts = parts;
    }

    @GET
    public Page<Ledger.Account> list() {
        return new Page<>(parts.get(Ledger.class).accounts());
    }

    @POST
    public Ledger.Account open(AccountBody body) {
        if (!Callers.need(body.id, "id").matches("[a-z0-9][a-z0-9-]{0,62}")) throw new CarboException.Invalid(new Problem("account.id", "id", body.id, "lower-case letters, digits and hyphens, at most 63"));
        return parts.get(Ledger.class).openAccount(body.id, Callers.need(body.holder, "holder"));
    }

    @GET
    @Path("{id}")
    public AccountView one(@Context SecurityContext security, @PathParam("id") String id) {
        if (!Callers.caller(security).roles().contains(Role.AUDITOR)) Callers.mayActFor(security, id);
        var account = find(id);
        return new AccountView(account.id(), account.holder(), account.address(), parts.get(Ledger.class).cash(id), parts.find(Credits.class).map(c -> c.holdings(Optional.of(id))).orElse(List.of()));
    }

    private Ledger.Account find(String id) {
        return parts.get(Ledger.class).account(id).orElseThrow(() -> new CarboException.NotFound("account", id));
    }

    @POST
    @Path("{id}/deposits")
    public EffectState deposit(@PathParam("id") String id, DepositBody body) {
        return parts.get(Ledger.class).request(new Effect.Deposit("deposit/" + Callers.need(body.requestId, "requestId"), find(id).id(), Callers.positive(body.minor, "minor")));
    }

    public record AccountBody(String id, String holder) {}

    public record AccountView(String id, String holder, String address, long cash, List<Credits.Holding> holdings) {}

    public record DepositBody(String requestId, Long minor) {}
}
