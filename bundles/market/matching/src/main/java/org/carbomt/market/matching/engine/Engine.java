package org.carbomt.market.matching.engine;

import java.util.function.IntConsumer;

/**
 * The market: accounts, balances, books, settlements. Each method that changes something is one command and counts one in the sequence. For one thread.
 * Tonnes and money are longs; nothing is rounded; what would not fit is refused.
 */
public final class Engine {
    /** Asset of the cash; a token's asset is its instrument + 1. */
    public static final int CASH = 0;

    private final Limits limits;
    private final Watch watch;
    private final Orders orders;
    private final Balances balances = new Balances();
    private final Settlements settlements = new Settlements();
    private final Directory directory = new Directory();
    private final OpenOrders open = new OpenOrders();
    private final Matcher matcher;
    private long sequence;
    private long time;

    public Engine(Limits limits, Watch watch) {
        this.limits = limits;
        this.watch = watch;
        this.orders = new Orders(limits.remembered());
        this.matcher = new Matcher(orders, balances, settlements, open, watch);
    }

    /** Milliseconds since 1970 that the commands from here on bear. Decides nothing. */
    public void time(long millis) {
        time = millis;
    }

    long time() {
        return time;
    }

    // ---- accounts and instruments

    public Verdict account(String name) {
        sequence++;
        if (directory.account(name) != Directory.UNKNOWN) return Verdict.REPEATED;
        if (directory.accounts() == Limits.ACCOUNTS) return Verdict.FULL;
        directory.add(name);
        return Verdict.DONE;
    }

    public Verdict instrument(long tokenId, long tick) {
        sequence++;
        if (tokenId < 1 || tick < 1) throw new IllegalArgumentException("token " + tokenId + ", tick " + tick + ": expected 1 or more");
        int known = directory.book(tokenId);
        if (known != Directory.UNKNOWN) return directory.book(known).tick == tick ? Verdict.REPEATED : Verdict.DIFFERS;
        if (directory.books() == Limits.INSTRUMENTS) return Verdict.FULL;
        directory.add(new Book(tokenId, tick, orders, limits.prices()));
        return Verdict.DONE;
    }

    // ---- what is brought in and taken out

    public Verdict deposit(long id, int account, int asset, long amount) {
        return move(id, account, asset, amount, Codes.DEPOSIT);
    }

    public Verdict withdraw(long id, int account, int asset, long amount) {
        return move(id, account, asset, amount, Codes.WITHDRAWAL);
    }

    private Verdict move(long id, int account, int asset, long amount, int type) {
        sequence++;
        if (id == 0 || amount < 1) throw new IllegalArgumentException("request " + id + ", amount " + amount + ": expected an id and 1 or more");
        int known = orders.find(id);
        if (known != Orders.NONE) return orders.account(known) == account && orders.instrument(known) == asset && orders.type(known) == type && orders.tonnes(known) == amount ? Verdict.REPEATED : Verdict.DIFFERS;
        if (!directory.hasAccount(account)) return Verdict.UNKNOWN_ACCOUNT;
        if (asset != CASH && !directory.hasBook(asset - 1)) return Verdict.UNKNOWN_INSTRUMENT;
        int slot = balances.slot(asset, account);
        int request = orders.add(id, account, asset, 0, type, 0, amount, sequence, time);
        boolean done = type == Codes.DEPOSIT ? balances.deposit(slot, amount) : balances.withdraw(slot, amount);
        orders.finish(request, done ? Codes.FILLED : Codes.REFUSED, done ? Codes.NONE : type == Codes.DEPOSIT ? Codes.OVERFLOW : asset == CASH ? Codes.CASH_TOO_LITTLE : Codes.CREDITS_TOO_FEW);
        return done ? Verdict.DONE : Verdict.REFUSED;
    }

    /**
     * The chain no longer covers so much of what the account has: its newest orders that rest on the asset are cancelled until as much is free, and what
     * is free of it goes.
     */
    public Verdict uncover(int account, int asset, long amount) {
        sequence++;
        if (amount < 1) throw new IllegalArgumentException("amount " + amount + ": expected 1 or more");
        if (!directory.hasAccount(account)) return Verdict.UNKNOWN_ACCOUNT;
        if (asset != CASH && !directory.hasBook(asset - 1)) return Verdict.UNKNOWN_INSTRUMENT;
        int slot = balances.slot(asset, account);
        while (balances.free(slot) < amount) {
            int newest = Orders.NONE;
            for (int o = 0; o < orders.end(); o++) {
                if (isOpen(o) && orders.cover(o) == slot && (newest == Orders.NONE || orders.sequence(o) > orders.sequence(newest))) newest = o;
            }
            if (newest == Orders.NONE) break;
            takeOut(newest, Codes.NOT_COVERED);
        }
        long gone = Math.min(amount, balances.free(slot));
        balances.withdraw(slot, gone);
        return Verdict.DONE;
    }

    // ---- orders

    /** @param price 0 for a market order */
    public Verdict place(long id, int account, int instrument, int side, int type, long price, long tonnes) {
        sequence++;
        if (id == 0 || tonnes < 1 || price < 0) throw new IllegalArgumentException("order " + id + ", price " + price + ", tonnes " + tonnes + ": expected an id, a price of 0 or more, 1 tonne or more");
        int known = orders.find(id);
        if (known != Orders.NONE) return same(known, account, instrument, side, type, price, tonnes) ? Verdict.REPEATED : Verdict.DIFFERS;
        if (!directory.hasAccount(account)) return Verdict.UNKNOWN_ACCOUNT;
        if (!directory.hasBook(instrument)) return Verdict.UNKNOWN_INSTRUMENT;
        int order = orders.add(id, account, instrument, side, type, price, tonnes, sequence, time);
        watch.placed(order);
        var book = directory.book(instrument);
        boolean market = type == Codes.MARKET;
        if (market ? price != 0 : price == 0 || book.tick != 1 && price % book.tick != 0) return refuse(order, Codes.OFF_TICK);
        if (Math.multiplyHigh(price, tonnes) != 0 || price * tonnes < 0) return refuse(order, Codes.OVERFLOW);
        if (type == Codes.LIMIT && open.of(account) >= limits.openOrders()) return refuse(order, Codes.TOO_MANY_OPEN);
        int cover = balances.slot(side == Codes.BUY ? CASH : instrument + 1, account);
        if (!balances.reserve(cover, side == Codes.BUY ? price * tonnes : tonnes)) return refuse(order, side == Codes.BUY ? Codes.CASH_TOO_LITTLE : Codes.CREDITS_TOO_FEW);
        orders.place(order, Orders.NONE, cover);
        var other = book.opposite(side);
        long limit = market ? Long.MIN_VALUE : other.rank(price);
        int reason = type == Codes.FILL_OR_KILL && !matcher.whole(other, account, limit, tonnes) ? Codes.NOT_WHOLE : matcher.match(order, book, other, limit, time);
        long left = orders.open(order);
        if (left == 0) {
            orders.finish(order, Codes.FILLED, Codes.NONE);
        } else if (reason == Codes.NONE && type == Codes.LIMIT && book.side(side).add(order, cover)) {
            open.more(account);
        } else {
            releaseAndEnd(order, reason != Codes.NONE ? reason : type == Codes.LIMIT ? Codes.BOOK_FULL : Codes.UNFILLED);
        }
        return Verdict.DONE;
    }

    private boolean same(int known, int account, int instrument, int side, int type, long price, long tonnes) {
        return orders.account(known) == account && orders.instrument(known) == instrument && orders.side(known) == side && orders.type(known) == type && orders.price(known) == price && orders.tonnes(known) == tonnes;
    }

    private Verdict refuse(int order, int reason) {
        long tonnes = orders.open(order);
        orders.finish(order, Codes.REFUSED, reason);
        watch.ended(order, tonnes);
        return Verdict.REFUSED;
    }

    public Verdict cancel(int account, long id) {
        sequence++;
        int order = orders.find(id);
        var wrong = notOpen(order, account);
        if (wrong != null) return wrong;
        takeOut(order, Codes.BY_OWNER);
        return Verdict.DONE;
    }

    /** Leaves at most so many tonnes open, 0 cancels; the order keeps its place in the queue. */
    public Verdict reduce(int account, long id, long openTonnes) {
        sequence++;
        if (openTonnes < 0) throw new IllegalArgumentException("open tonnes " + openTonnes + ": expected 0 or more");
        int order = orders.find(id);
        var wrong = notOpen(order, account);
        if (wrong != null) return wrong;
        long less = orders.open(order) - openTonnes;
        if (openTonnes == 0) {
            takeOut(order, Codes.BY_OWNER);
        } else if (less > 0) {
            directory.book(orders.instrument(order)).side(orders.side(order)).less(order, less);
            orders.open(order, openTonnes);
            release(order, less);
            watch.reduced(order, less);
        }
        return Verdict.DONE;
    }

    private Verdict notOpen(int order, int account) {
        if (order == Orders.NONE || orders.type(order) >= Codes.DEPOSIT) return Verdict.UNKNOWN_ORDER;
        if (orders.account(order) != account) return Verdict.FOREIGN_ORDER;
        return isOpen(order) ? null : Verdict.NOT_OPEN;
    }

    private boolean isOpen(int order) {
        return orders.id(order) != 0 && orders.status(order) == Codes.OPEN;
    }

    private void takeOut(int order, int reason) {
        directory.book(orders.instrument(order)).side(orders.side(order)).remove(order);
        open.less(orders.account(order));
        releaseAndEnd(order, reason);
    }

    private void releaseAndEnd(int order, int reason) {
        long left = orders.open(order);
        release(order, left);
        orders.finish(order, Codes.CANCELLED, reason);
        watch.ended(order, left);
    }

    /** Gives back what covered so many tonnes of the order (a market order to buy has price 0: nothing was held for it). */
    private void release(int order, long tonnes) {
        balances.release(orders.cover(order), orders.side(order) == Codes.BUY ? orders.price(order) * tonnes : tonnes);
    }

    // ---- settlement

    /** Ends the batch of trades that is collected. */
    public Verdict cut() {
        sequence++;
        return settlements.cut() == 0 ? Verdict.REPEATED : Verdict.DONE;
    }

    /** The chain has moved it: each has what was traded for. */
    public Verdict settled(long number) {
        return close(number, true);
    }

    /** The chain refused it: each has back what was given. */
    public Verdict failed(long number) {
        return close(number, false);
    }

    private Verdict close(long number, boolean moved) {
        sequence++;
        int slot = settlements.find(number);
        if (slot == LongIntMap.ABSENT || settlements.batch(slot) == 0) return Verdict.UNKNOWN_SETTLEMENT;
        int seller = settlements.seller(slot);
        int buyer = settlements.buyer(slot);
        int asset = settlements.instrument(slot) + 1;
        int sellersCredits = balances.slot(asset, seller);
        int buyersCredits = balances.slot(asset, buyer);
        int sellersCash = balances.slot(CASH, seller);
        int buyersCash = balances.slot(CASH, buyer);
        if (moved) {
            balances.settle(sellersCredits, buyersCredits, settlements.tonnes(slot));
            balances.settle(buyersCash, sellersCash, settlements.cash(slot));
        } else {
            balances.revert(sellersCredits, buyersCredits, settlements.tonnes(slot));
            balances.revert(buyersCash, sellersCash, settlements.cash(slot));
        }
        watch.closed(slot, moved);
        settlements.remove(slot);
        return Verdict.DONE;
    }

    // ---- what there is; slots are those given to the watch or found by id

    public long sequence() {
        return sequence;
    }

    public long trades() {
        return matcher.trades();
    }

    public long openOrders() {
        return open.all();
    }

    public int accounts() {
        return directory.accounts();
    }

    /** -1 when unknown. */
    public int accountIndex(String name) {
        return directory.account(name);
    }

    public String accountName(int account) {
        return directory.account(account);
    }

    public int instruments() {
        return directory.books();
    }

    /** -1 when unknown. */
    public int instrumentIndex(long tokenId) {
        return directory.book(tokenId);
    }

    Book book(int instrument) {
        return directory.book(instrument);
    }

    Orders orders() {
        return orders;
    }

    Balances balances() {
        return balances;
    }

    Settlements settlements() {
        return settlements;
    }

    /** Calls with the slot of every settlement, by number. */
    void eachSettlement(IntConsumer visitor) {
        settlements.each(visitor);
    }

    // ---- state

    /** Everything that decides about what comes, in one order. */
    public void write(StateSink out) {
        out.put(sequence);
        out.put(matcher.trades());
        directory.write(out);
        balances.write(out);
        for (int i = 0; i < directory.books(); i++) {
            directory.book(i).bids.write(out);
            directory.book(i).asks.write(out);
        }
        out.put(orders.done());
        for (int o = orders.doneFirst(); o != Orders.NONE; o = orders.next(o)) orders.write(o, out);
        settlements.write(out);
    }
}
