package org.carbomt.market.matching;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.event.LiveEvents;
import org.carbomt.api.ledger.Ledger;
import org.carbomt.api.market.Depth;
import org.carbomt.api.market.Exchange;
import org.carbomt.api.market.Instrument;
import org.carbomt.api.market.MarketEvent;
import org.carbomt.api.market.MarketSettlement;
import org.carbomt.api.market.Order;
import org.carbomt.api.market.OrderRequest;
import org.carbomt.api.market.Position;
import org.carbomt.api.market.Trade;
import org.carbomt.market.matching.engine.Codes;
import org.carbomt.market.matching.engine.Engine;
import org.carbomt.market.matching.engine.EngineView;
import org.carbomt.market.matching.engine.Limits;
import org.carbomt.market.matching.engine.Memory;
import org.carbomt.market.matching.engine.StateHash;
import org.carbomt.market.matching.engine.Verdict;
import org.carbomt.market.matching.journal.Commands;
import org.carbomt.market.matching.journal.Market;

/** The exchange on a journalled market, with the ledger behind it. Any thread. */
final class JournalledExchange implements Exchange, AutoCloseable {
    /** The cash contract counts cents of one currency. */
    private static final String CURRENCY = "USD";
    private static final long SEGMENT_BYTES = 64 << 20;
    private final Memory memory = new Memory();
    private final Engine engine = new Engine(Limits.RULES_1, memory);
    private final EngineView view = new EngineView(engine, CURRENCY);
    private final Market market;
    private final Supplier<Optional<Ledger>> ledger;
    private final Cover cover;
    private final Settling settling;

    JournalledExchange(Path folder, Supplier<Optional<Ledger>> ledger, Supplier<Optional<LiveEvents>> events, Clock clock, LongSupplier marketId) throws IOException {
        this.ledger = ledger;
        memory.watch(engine, view);
        var ticker = new Ticker(events, memory, view);
        market = new Market(folder, SEGMENT_BYTES, engine, clock, marketId, ticker::tell);
        ticker.start();
        cover = new Cover(market, view, ledger);
        settling = new Settling(market, engine, view, memory, cover, ledger);
    }

    /** One round of settlement; for one thread. @return whether something is under way */
    boolean settle() {
        return settling.round();
    }

    @Override
    public void close() {
        market.close();
    }

    // ---- instruments

    @Override
    public Instrument list(long tokenId, long tickMinor) {
        if (tokenId < 1) throw invalid("instrument.invalid", "tokenId", tokenId, "a token of the registry, 1 or more");
        if (tickMinor < 1) throw invalid("instrument.invalid", "tickMinor", tickMinor, "1 or more of the smallest unit");
        if (market.read(() -> engine.instrumentIndex(tokenId)) < 0 && chain().supply(tokenId).issued() == 0) throw new CarboException.NotFound("token", Long.toString(tokenId));
        var outcome = Answer.of(market, b -> Commands.instrument(b, tokenId, tickMinor), () -> view.instrumentOf(tokenId));
        if (outcome.verdict() == Verdict.DIFFERS) throw conflict("instrument.differs", "tickMinor", tickMinor, "the tick it is listed with, " + outcome.seen().tickMinor());
        if (outcome.verdict() == Verdict.FULL) throw conflict("market.full", "tokenId", tokenId, "fewer instruments");
        return outcome.seen();
    }

    @Override
    public List<Instrument> instruments() {
        return market.read(() -> IntStream.range(0, engine.instruments()).mapToObj(view::instrument).toList());
    }

    private int instrument(long tokenId) {
        int index = market.read(() -> engine.instrumentIndex(tokenId));
        if (index < 0) throw new CarboException.NotFound("instrument", Long.toString(tokenId));
        return index;
    }

    // ---- orders

    @Override
    public Order place(OrderRequest r) {
        int instrument = instrument(r.tokenId());
        long tick = market.read(() -> view.instrument(instrument)).tickMinor();
        if (r.priceMinor() % tick != 0) throw invalid("order.off-tick", "priceMinor", r.priceMinor(), "a multiple of the tick, " + tick);
        long id = Requests.id("order", r.account(), r.requestId());
        int account = account(r.account());
        Answer.Outcome<Optional<Order>> outcome;
        // one at a time for an account: what is brought in for one order shall not be spent by another
        synchronized (cover.lock(account)) {
            if (market.read(() -> view.find(id)).isEmpty()) fund(r, account, instrument);
            outcome = Answer.of(market, b -> Commands.place(b, id, account, instrument, Codes.SIDES.indexOf(r.side()), Codes.TYPES.indexOf(r.type()), r.priceMinor(), r.tonnes()), () -> view.find(id));
        }
        if (outcome.verdict() == Verdict.DIFFERS) throw conflict("request.differs", "requestId", r.requestId(), "a new request id: this one asked for something else before");
        var order = outcome.seen().orElseThrow();
        if (order.status() == Order.Status.REFUSED) throw new CarboException.Conflict(refusal(order));
        return order;
    }

    private static Problem refusal(Order order) {
        return switch (order.reason()) {
            case CASH_TOO_LITTLE -> new Problem("cash.too-little", "account", order.account(), "free cash of price times tonnes, " + Math.multiplyExact(order.priceMinor(), order.tonnes()));
            case CREDITS_TOO_FEW -> new Problem("credits.too-few", "tonnes", Long.toString(order.tonnes()), "at most what " + order.account() + " has free of token " + order.tokenId());
            case TOO_MANY_OPEN -> new Problem("order.too-many-open", "account", order.account(), "fewer than " + Limits.RULES_1.openOrders() + " open orders");
            case OFF_TICK -> new Problem("order.off-tick", "priceMinor", Long.toString(order.priceMinor()), "a multiple of the tick");
            default -> new Problem("order.refused", "order", order.id() + ": " + order.reason(), "an order by the rules of the market");
        };
    }

    /** Brings in what the order needs and the account lacks, as far as the chain has it. */
    private void fund(OrderRequest r, int account, int instrument) {
        boolean buys = r.side() == Order.Side.BUY;
        int asset = buys ? Engine.CASH : instrument + 1;
        long needs = !buys ? r.tonnes() : r.type() == Order.Type.MARKET ? market.read(() -> view.cost(instrument, r.tonnes())) : r.priceMinor() * r.tonnes();
        long lacks = needs - market.read(() -> view.position(asset, account)).free();
        if (lacks <= 0) return;
        long amount = Math.min(lacks, cover.covered(account, asset).available().orElse(0));
        long id = Requests.id("fund/" + market.read(engine::sequence), r.account(), r.requestId());
        if (amount > 0) Answer.of(market, b -> Commands.deposit(b, id, account, asset, amount));
    }

    @Override
    public Order cancel(String account, String orderId) {
        return change(account, orderId, (index, id) -> b -> Commands.cancel(b, index, id));
    }

    @Override
    public Order reduce(String account, String orderId, long openTonnes) {
        if (openTonnes < 0) throw invalid("order.invalid", "openTonnes", openTonnes, "whole tonnes, 0 or more");
        return change(account, orderId, (index, id) -> b -> Commands.reduce(b, index, id, openTonnes));
    }

    private interface Change {
        Market.Encoder of(int account, long id);
    }

    private Order change(String account, String orderId, Change change) {
        long id = EngineView.parseOrderId(orderId);
        int index = market.read(() -> engine.accountIndex(account));
        if (id == 0 || market.read(() -> view.find(id)).isEmpty()) throw new CarboException.NotFound("order", orderId);
        var outcome = Answer.of(market, change.of(index, id), () -> view.find(id));
        if (outcome.verdict() == Verdict.FOREIGN_ORDER) throw new CarboException.Forbidden(new Problem("order.not-yours", "account", account, "the account that placed it"));
        return outcome.seen().orElseThrow(() -> new CarboException.NotFound("order", orderId));
    }

    @Override
    public Optional<Order> order(String orderId) {
        return market.read(() -> view.find(EngineView.parseOrderId(orderId)));
    }

    @Override
    public List<Order> orders(String account, boolean onlyOpen, int limit) {
        return market.read(() -> {
            int index = engine.accountIndex(account);
            return index < 0 ? List.of() : view.orders(index, onlyOpen, limit);
        });
    }

    // ---- market data

    @Override
    public Depth depth(long tokenId, int levels) {
        int index = instrument(tokenId);
        return market.read(() -> view.depth(index, levels));
    }

    @Override
    public List<Trade> trades(Optional<Long> tokenId, int limit) {
        return market.read(() -> memory.trades(tokenId.map(OptionalLong::of).orElse(OptionalLong.empty()), 0, limit));
    }

    @Override
    public List<MarketEvent> events(long afterNumber, int limit) {
        return market.read(() -> memory.events(afterNumber, limit));
    }

    @Override
    public State state() {
        return market.read(() -> new State(engine.sequence(), StateHash.of(engine), market.chain(), engine.openOrders(), engine.trades(), view.unsettled()));
    }

    /** The figures of {@link State} that cost nothing. */
    record Counts(long commands, long trades, long openOrders, long unsettled) {}

    Counts counts() {
        return market.read(() -> new Counts(engine.sequence(), engine.trades(), engine.openOrders(), view.unsettled()));
    }

    // ---- positions

    /** Index of the account in the market; one that only the ledger knows is taken in. */
    private int account(String name) {
        int known = market.read(() -> engine.accountIndex(name));
        if (known >= 0) return known;
        if (chain().account(name).isEmpty()) throw new CarboException.NotFound("account", name);
        var outcome = Answer.of(market, b -> Commands.account(b, name), () -> engine.accountIndex(name));
        if (outcome.verdict() == Verdict.FULL) throw conflict("market.full", "account", name, "fewer accounts");
        return outcome.seen();
    }

    private Ledger chain() {
        return ledger.get().orElseThrow(() -> new CarboException.Unavailable(new Problem("part.absent", "part", "ledger", "that part in service")));
    }

    @Override
    public List<Position> positions(String account) {
        int index = market.read(() -> engine.accountIndex(account));
        if (index < 0) return List.of();
        return market.read(() -> view.positions(index)).stream().map(p -> cover.covered(index, asset(p.tokenId()))).toList();
    }

    private int asset(long tokenId) {
        return tokenId == 0 ? Engine.CASH : instrument(tokenId) + 1;
    }

    @Override
    public Position deposit(String requestId, String account, long tokenId, long amount) {
        checkMove(requestId, amount);
        int asset = asset(tokenId);
        int index = account(account);
        long id = Requests.id("deposit", account, requestId);
        synchronized (cover.lock(index)) {
            if (!market.read(() -> view.isKnown(id))) {
                chain();
                long available = cover.covered(index, asset).available().orElse(0);
                if (available < amount) throw conflict(tokenId == 0 ? "cash.too-little" : "credits.too-few", "amount", amount, "at most the " + available + " that " + account + " has on chain and not in the market");
            }
            moved(requestId, Answer.of(market, b -> Commands.deposit(b, id, index, asset, amount), () -> view.reason(id)));
            return cover.covered(index, asset);
        }
    }

    @Override
    public Position withdraw(String requestId, String account, long tokenId, long amount) {
        checkMove(requestId, amount);
        int asset = asset(tokenId);
        int index = account(account);
        long id = Requests.id("withdraw", account, requestId);
        moved(requestId, Answer.of(market, b -> Commands.withdraw(b, id, index, asset, amount), () -> view.reason(id)));
        return cover.covered(index, asset);
    }

    private static void checkMove(String requestId, long amount) {
        OrderRequest.checkRequestId(requestId);
        if (amount < 1) throw invalid("amount.invalid", "amount", amount, "1 or more");
    }

    private static void moved(String requestId, Answer.Outcome<Order.Reason> outcome) {
        if (outcome.verdict() == Verdict.DIFFERS) throw conflict("request.differs", "requestId", requestId, "a new request id: this one asked for something else before");
        if (outcome.seen() != Order.Reason.NONE) throw conflict(outcome.seen() == Order.Reason.CASH_TOO_LITTLE ? "cash.too-little" : outcome.seen() == Order.Reason.CREDITS_TOO_FEW ? "credits.too-few" : "amount.overflow", "requestId", requestId,
                "at most what is free in the market, and all of the market below 2^63");
    }

    @Override
    public List<MarketSettlement> settlements(Optional<MarketSettlement.Status> status, int limit) {
        return settling.list(status, limit);
    }

    private static CarboException invalid(String code, String field, long value, String expected) {
        return new CarboException.Invalid(new Problem(code, field, Long.toString(value), expected));
    }

    private static CarboException conflict(String code, String field, Object value, String expected) {
        return new CarboException.Conflict(new Problem(code, field, String.valueOf(value), expected));
    }
}
