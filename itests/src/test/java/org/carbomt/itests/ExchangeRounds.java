package org.carbomt.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.carbomt.demo.Api;

/**
 * The order book in the container: orders that trade are settled on chain; stopped, updated and killed under load it comes back with the same state, and no tonne or cent
 * is made or lost.
 */
final class ExchangeRounds {
    private static final String BUNDLE = "org.carbomt.market.matching";
    private static final String SELLER = "afton-power";
    private static final String BUYER = "blue-airways";
    private static final long CASH = 50_000_000;
    private final Container container;
    private final Api admin;
    private final long token;

    /** @param token credits of which the seller has some hundred at least */
    ExchangeRounds(Container container, Api admin, long token) {
        this.container = container;
        this.admin = admin;
        this.token = token;
    }

    void tradesSettlesAndComesBackTheSame() throws Exception {
        long cash = cash(BUYER);
        admin.post("/accounts/" + BUYER + "/deposits", Map.of("requestId", "book", "minor", CASH));
        Container.await("cash", 30, () -> cash(BUYER), c -> c == cash + CASH);
        long allCash = cash(SELLER) + cash(BUYER);
        long allTonnes = held(SELLER) + held(BUYER);
        admin.put("/market/instruments/" + token, Map.of("tickMinor", 1));

        place("ask", SELLER, "SELL", 4_000, 30);
        assertEquals(10, place("bid", BUYER, "BUY", 4_100, 10).get("filled").asLong());
        assertEquals(4_000, admin.get("/market/trades").get("items").get(0).get("priceMinor").asLong(), "the price is that of the order that waited");
        var settled = Container.await("settlement", 30, () -> admin.get("/market/settlements").get("items").path(0), s -> s.path("status").asText().equals("SETTLED"));
        assertEquals(40_000, settled.get("cashMinor").asLong());
        assertEquals(cash + CASH - 40_000, cash(BUYER));
        refusals();
        isWatchedOver();

        var load = new Orders();
        load.start();
        Container.await("orders", 60, () -> load.placed.size(), n -> n > 30);
        container.exec("bundle:stop " + BUNDLE);
        assertEquals(503, assertThrows(Api.Refused.class, () -> admin.get("/market/instruments")).status);
        assertTrue(admin.get("/sales").get("items").size() > 0, "the rest works");
        container.exec("bundle:start " + BUNDLE);
        container.exec("bundle:update " + BUNDLE);
        int before = load.placed.size();
        Container.await("orders after the update", 60, () -> load.placed.size(), n -> n > before + 30);
        load.end();

        Container.await("all settled", 60, () -> admin.get("/market/state").get("unsettled").asLong(), n -> n == 0);
        var state = admin.get("/market/state");
        for (var order : load.placed.values()) assertEquals(order.get("at"), admin.get("/market/orders/" + order.get("id").asText()).get("at"), "an order that was answered is there as it was");
        container.kill();
        container.start();
        assertEquals(state, Container.await("the exchange", 60, () -> admin.get("/market/state"), s -> true), "after kill -9");
        assertEquals(allTonnes, held(SELLER) + held(BUYER));
        assertEquals(allCash, cash(SELLER) + cash(BUYER));
    }

    private long cash(String account) {
        return admin.get("/accounts/" + account).get("cash").asLong();
    }

    private long held(String account) {
        for (var h : admin.get("/holdings?account=" + account).get("items")) if (h.get("tokenId").asLong() == token) return h.get("tonnes").asLong();
        return 0;
    }

    private JsonNode place(String request, String account, String side, long price, long tonnes) {
        return admin.post("/market/orders", Map.of("requestId", request, "account", account, "tokenId", token, "side", side, "type", "LIMIT", "priceMinor", price, "tonnes", tonnes));
    }

    /** Who runs into own orders again and again is noted once, also when surveillance was away meanwhile; without it the market goes on. */
    private void isWatchedOver() throws Exception {
        var watch = "org.carbomt.market.surveillance";
        container.exec("bundle:stop " + watch);
        assertEquals(503, assertThrows(Api.Refused.class, () -> admin.get("/market/findings")).status);
        for (int i = 0; i < 5; i++) assertEquals("SELF_TRADE", place("own" + i, SELLER, "BUY", 4_000, 1).get("reason").asText());
        container.exec("bundle:start " + watch);
        var finding = Container.await("finding", 30, () -> selfCrossings().path(0), f -> f.has("id"));
        assertEquals(SELLER, finding.get("accounts").path(0).asText());
        assertEquals("3", finding.get("evidence").get("attempts").asText());
        assertEquals(3, finding.get("orders").size());
        var path = "/market/findings/" + finding.get("id").asText() + "/clear";
        assertEquals(422, assertThrows(Api.Refused.class, () -> admin.post(path, Map.of("reason", ""))).status, "a judgement without a reason");
        assertEquals("a trial", admin.post(path, Map.of("reason", "a trial")).get("clearedReason").asText());
        container.exec("bundle:update " + watch);
        Container.await("surveillance", 30, () -> selfCrossings().size(), n -> n == 1);
        assertEquals("a trial", selfCrossings().get(0).get("clearedReason").asText());
    }

    private JsonNode selfCrossings() {
        var found = JsonNodeFactory.instance.arrayNode();
        for (var f : admin.get("/market/findings").get("items")) if (f.get("rule").asText().equals("self-crossing")) found.add(f);
        return found;
    }

    private void refusals() {
        assertEquals(422, refused("n1", BUYER, -5, 1), "a negative price");
        assertEquals(422, refused("n2", BUYER, Long.MAX_VALUE, 2), "an overflow");
        assertEquals(409, refused("n3", BUYER, CASH, 2), "more than the cash");
        assertEquals(409, refused("bid", BUYER, 4_100, 11), "the same request id for something else");
        assertEquals(404, refused("n4", "nobody", 1, 1), "an account that is not there");
    }

    private int refused(String request, String account, long price, long tonnes) {
        return assertThrows(Api.Refused.class, () -> place(request, account, "BUY", price, tonnes)).status;
    }

    /** Orders one after the other, each repeated under its request id until it is answered. */
    private final class Orders extends Thread {
        private final AtomicBoolean ends = new AtomicBoolean();
        private final List<String> faults = new CopyOnWriteArrayList<>();
        private final Map<String, JsonNode> placed = new ConcurrentHashMap<>();

        @Override
        public void run() {
            for (int n = 0; !ends.get() && faults.isEmpty(); n++) {
                var request = "load-" + n;
                boolean sells = n % 2 == 0;
                while (!placed.containsKey(request) && faults.isEmpty()) {
                    try {
                        placed.put(request, place(request, sells ? SELLER : BUYER, sells ? "SELL" : "BUY", 4_000 + n * 7 % 40 - 20, 1));
                    } catch (Api.Refused e) {
                        if (e.status != 503) faults.add(request + ": " + e.getMessage());
                    }
                }
            }
        }

        void end() throws InterruptedException {
            ends.set(true);
            join(30_000);
            assertTrue(faults.isEmpty(), faults.toString());
        }
    }
}
