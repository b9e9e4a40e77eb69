package org.carbomt.market.matching.replay;

import java.util.ArrayList;
import java.util.List;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.market.Depth;
import org.carbomt.market.matching.engine.Codes;
import org.carbomt.market.matching.engine.Engine;
import org.carbomt.market.matching.engine.EngineView;
import org.carbomt.market.matching.engine.Limits;
import org.carbomt.market.matching.engine.StateHash;
import org.carbomt.market.matching.engine.Watch;

/**
 * What comes of a file of order events under the rules of docs/market.md: the engine alone, without a journal. The state has the same hash as the journalled
 * market's after the same events, since time stands at 1970.
 *
 * @param trades in their order
 * @param openOrders orders that wait at the end
 * @param sequence commands, those that open the market included
 */
public record BookReplay(List<Fill> trades, Depth depth, long openOrders, long tonnesTraded, long sequence, Hash state) {
    /** Trades beyond this do not fit into memory. */
    private static final int MOST_TRADES = 5_000_000;

    /**
     * A trade.
     *
     * @param line of the file whose order came
     * @param priceMinor cents a tonne
     * @param buys whether the order that came is the purchase
     * @param taker the file's id of the order that came. @param maker of the one that waited
     */
    public record Fill(int line, long priceMinor, long tonnes, boolean buys, String taker, String maker) {}

    /** @param levels of the depth, a side */
    public static BookReplay of(OrderEvents events, int levels) {
        var fills = new Fills(events);
        var engine = new Engine(Limits.RULES_1, fills);
        var view = new EngineView(engine, "USD");
        fills.view = view;
        engine.instrument(1, 1);
        for (int account = 0; account < OrderEvents.ACCOUNTS; account++) {
            engine.account("trader-" + account);
            engine.deposit(-1 - 2L * account, account, Engine.CASH, OrderEvents.ENDOWMENT);
            engine.deposit(-2 - 2L * account, account, 1, OrderEvents.ENDOWMENT);
        }
        for (int i = 0; i < events.size(); i++) {
            fills.line = events.lineNumber(i);
            carryOut(events, i, engine);
        }
        return new BookReplay(fills.trades, view.depth(0, levels), engine.openOrders(), view.instrument(0).tonnesTraded(), engine.sequence(), StateHash.of(engine));
    }

    private static void carryOut(OrderEvents events, int i, Engine engine) {
        int number = events.number(i);
        int account = number % OrderEvents.ACCOUNTS;
        switch (events.kind(i)) {
            case OrderEvents.PLACE -> engine.place(number, account, 0, events.side(i), Codes.LIMIT, events.price(i), events.tonnes(i));
            case OrderEvents.REDUCE -> engine.reduce(account, number, events.tonnes(i));
            default -> engine.cancel(account, number);
        }
    }

    /** Writes down trades while they happen. */
    private static final class Fills implements Watch {
        private final OrderEvents events;
        private final List<Fill> trades = new ArrayList<>();
        private EngineView view;
        private int line;

        Fills(OrderEvents events) {
            this.events = events;
        }

        @Override
        public void traded(long trade, int maker, int taker, long tonnes, long price, long settlement) {
            if (trades.size() == MOST_TRADES) throw EventLine.wrong(line, "trades", "more", "at most " + MOST_TRADES);
            var came = view.at(taker);
            trades.add(new Fill(line, price, tonnes, Codes.SIDES.indexOf(came.side()) == Codes.BUY, id(came.id()), id(view.at(maker).id())));
        }

        private String id(String order) {
            return events.id((int) EngineView.parseOrderId(order));
        }

        @Override
        public void placed(int order) {}

        @Override
        public void ended(int order, long tonnes) {}

        @Override
        public void reduced(int order, long tonnes) {}

        @Override
        public void closed(int settlement, boolean moved) {}
    }
}
