package org.carbomt.market.settlement;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.event.LiveEvent;
import org.carbomt.api.event.LiveEvents;
import org.carbomt.api.ledger.Effect;
import org.carbomt.api.ledger.EffectState;
import org.carbomt.api.ledger.Ledger;
import org.carbomt.api.market.Sale;
import org.carbomt.api.market.Sales;
import org.carbomt.api.store.Database;

/**
 * Offers and what became of them. The buyer is written once, in the transaction that finds the offer open; from then on the sale is the effect
 * {@code settle/<sale>} of the ledger, which is asked for again at every look until the ledger has it.
 */
final class FixedPriceSales implements Sales {
    /** The cash contract counts cents of one currency. */
    private static final String CURRENCY = "USD";
    private final Database database;
    private final Supplier<Optional<Ledger>> ledger;
    private final Supplier<Optional<LiveEvents>> events;
    private final Clock clock;

    FixedPriceSales(Database database, Supplier<Optional<Ledger>> ledger, Supplier<Optional<LiveEvents>> events, Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.events = events;
        this.clock = clock;
    }

    private record Row(String id, String seller, Optional<String> buyer, long tokenId, long tonnes, long priceMinor, String currency, boolean withdrawn, Instant offeredAt) {}

    @Override
    public Sale offer(String requestId, String sellerAccount, long tokenId, long tonnes, long priceMinorPerTonne, String currency) {
        if (requestId == null || !requestId.matches("[A-Za-z0-9._:/-]{1,100}")) throw invalid("requestId", requestId, "1 to 100 letters, digits and . _ : / -");
        if (tonnes < 1) throw invalid("tonnes", Long.toString(tonnes), "whole tonnes, at least 1");
        if (priceMinorPerTonne < 0) throw invalid("priceMinorPerTonne", Long.toString(priceMinorPerTonne), "0 or more of the smallest unit");
        try {
            Math.multiplyExact(tonnes, priceMinorPerTonne);
        } catch (ArithmeticException e) {
            throw invalid("priceMinorPerTonne", Long.toString(priceMinorPerTonne), "a total below 2^63 of the smallest unit");
        }
        if (!CURRENCY.equals(currency)) throw invalid("currency", currency, CURRENCY);
        var id = "sale-" + Hash.sha256(("sale/" + requestId).getBytes(StandardCharsets.UTF_8)).hex().substring(0, 20);
        var row = new Row(id, sellerAccount, Optional.empty(), tokenId, tonnes, priceMinorPerTonne, currency, false, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        var known = row(id);
        if (known.isEmpty()) {
            long held = ledger().credits(sellerAccount, tokenId);
            if (held < tonnes) throw new CarboException.Conflict(new Problem("credits.too-few", "tonnes", Long.toString(tonnes), "at most the " + held + " that " + sellerAccount + " holds of token " + tokenId));
        }
        var kept = database.transact(c -> {
            var other = rows(c, "id = ?", id).stream().findFirst();
            if (other.isPresent()) return other.get();
            insert(c, row);
            return row;
        });
        if (!kept.seller.equals(sellerAccount) || kept.tokenId != tokenId || kept.tonnes != tonnes || kept.priceMinor != priceMinorPerTonne) {
            throw new CarboException.Conflict(new Problem("request.differs", "requestId", requestId, "a new request id: this one offered something else before"));
        }
        return sale(kept);
    }

    @Override
    public Sale buy(String saleId, String buyerAccount) {
        var open = row(saleId).orElseThrow(() -> new CarboException.NotFound("sale", saleId));
        if (open.seller.equals(buyerAccount)) throw invalid("buyer", buyerAccount, "another account than the seller's");
        if (ledger().account(buyerAccount).isEmpty()) throw new CarboException.NotFound("account", buyerAccount);
        if (open.buyer.isEmpty()) {
            long cash = ledger().cash(buyerAccount);
            long total = Math.multiplyExact(open.tonnes, open.priceMinor);
            if (cash < total) throw new CarboException.Conflict(new Problem("cash.too-little", "buyer", cash + " " + open.currency + " minor", "at least the price of " + total));
        }
        var taken = database.transact(c -> {
            try (var s = c.prepareStatement("update market_settlement_sale set buyer = ? where id = ? and buyer is null and withdrawn = 0")) {
                s.setString(1, buyerAccount);
                s.setString(2, saleId);
                s.executeUpdate();
            }
            return rows(c, "id = ?", saleId).get(0);
        });
        if (taken.withdrawn) throw new CarboException.Conflict(new Problem("sale.withdrawn", "sale", saleId, "an open sale"));
        if (!taken.buyer.get().equals(buyerAccount)) throw new CarboException.Conflict(new Problem("sale.taken", "sale", saleId, "an open sale; another buyer has this one"));
        var sale = sale(taken);
        events.get().ifPresent(e -> e.publish(new LiveEvent("sale", saleId, clock.instant(), Map.of("tonnes", taken.tonnes, "token", taken.tokenId))));
        return sale;
    }

    @Override
    public Sale withdraw(String saleId, String sellerAccount) {
        var open = row(saleId).orElseThrow(() -> new CarboException.NotFound("sale", saleId));
        if (!open.seller.equals(sellerAccount)) throw new CarboException.Forbidden(new Problem("sale.not-yours", "seller", sellerAccount, "the seller of this sale"));
        var now = database.transact(c -> {
            try (var s = c.prepareStatement("update market_settlement_sale set withdrawn = 1 where id = ? and buyer is null")) {
                s.setString(1, saleId);
                s.executeUpdate();
            }
            return rows(c, "id = ?", saleId).get(0);
        });
        if (!now.withdrawn) throw new CarboException.Conflict(new Problem("sale.taken", "sale", saleId, "an open sale; this one has a buyer"));
        return sale(now);
    }

    @Override
    public Optional<Sale> find(String saleId) {
        return row(saleId).map(this::sale);
    }

    @Override
    public List<Sale> list(Optional<Sale.Status> status) {
        return database.read(c -> rows(c, "1 = 1")).stream().map(this::sale).filter(s -> status.map(s.status()::equals).orElse(true)).toList();
    }

    private Sale sale(Row row) {
        if (row.withdrawn) return sale(row, Sale.Status.WITHDRAWN, Optional.empty());
        if (row.buyer.isEmpty()) return sale(row, Sale.Status.OPEN, Optional.empty());
        // Asking is idempotent: a crash between the row and this line is made good at the next look.
        var effect = ledger.get().map(l -> l.request(new Effect.Settle("settle/" + row.id, row.seller, row.buyer.get(), row.tokenId, row.tonnes, Math.multiplyExact(row.tonnes, row.priceMinor))));
        var status = effect.map(e -> switch (e.status()) {
            case DONE -> Sale.Status.SETTLED;
            case REFUSED -> Sale.Status.FAILED;
            default -> Sale.Status.SETTLING;
        }).orElse(Sale.Status.SETTLING);
        return sale(row, status, effect);
    }

    private static Sale sale(Row row, Sale.Status status, Optional<EffectState> effect) {
        return new Sale(row.id, row.seller, row.buyer, row.tokenId, row.tonnes, row.priceMinor, row.currency, status, effect.map(EffectState::status), effect.flatMap(EffectState::transaction), effect.map(EffectState::reason).orElse(""), row.offeredAt);
    }

    /** Makes up for settlements that an interruption left unasked. */
    void requestForgotten() {
        database.read(c -> rows(c, "buyer is not null")).forEach(this::sale);
    }

    private Optional<Row> row(String id) {
        return database.read(c -> rows(c, "id = ?", id)).stream().findFirst();
    }

    private static List<Row> rows(Connection c, String where, String... arguments) throws SQLException {
        var list = new ArrayList<Row>();
        try (var s = c.prepareStatement("select * from market_settlement_sale where " + where + " order by offered_at desc, id")) {
            for (int i = 0; i < arguments.length; i++) s.setString(i + 1, arguments[i]);
            try (var r = s.executeQuery()) {
                while (r.next()) list.add(row(r));
            }
        }
        return list;
    }

    private static Row row(ResultSet r) throws SQLException {
        return new Row(r.getString("id"), r.getString("seller"), Optional.ofNullable(r.getString("buyer")), r.getLong("token_id"), r.getLong("tonnes"), r.getLong("price_minor"), r.getString("currency"), r.getInt("withdrawn") != 0,
                Instant.ofEpochMilli(r.getLong("offered_at")));
    }

    private static void insert(Connection c, Row row) throws SQLException {
        try (var s = c.prepareStatement("insert into market_settlement_sale (id, seller, token_id, tonnes, price_minor, currency, withdrawn, offered_at) values (?,?,?,?,?,?,0,?)")) {
            s.setString(1, row.id);
            s.setString(2, row.seller);
            s.setLong(3, row.tokenId);
            s.setLong(4, row.tonnes);
            s.setLong(5, row.priceMinor);
            s.setString(6, row.currency);
            s.setLong(7, row.offeredAt.toEpochMilli());
            s.executeUpdate();
        }
    }

    private Ledger ledger() {
        return ledger.get().orElseThrow(() -> new CarboException.Unavailable(new Problem("part.absent", "part", "ledger", "that part in service")));
    }

    private static CarboException.Invalid invalid(String field, String value, String expected) {
        return new CarboException.Invalid(new Problem("sale.invalid", field, value, expected));
    }
}
