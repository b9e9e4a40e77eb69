package org.carbomt.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.carbomt.demo.Api;
import org.carbomt.demo.Site;
import org.carbomt.itests.EffectBook.Asked;

/** A unit whose every day is verified, anchored and credited, and people who move, sell and retire its credits. */
final class Registry {
    /** Statuses that tell a device to send again; 404 and 405: the web server is up before what it serves. */
    static final Set<Integer> NOT_NOW = Set.of(503, 404, 405);
    private static final String DEVICE = "unit-das";
    private static final String SOURCE = "unit-1";
    private static final String PROJECT = "C01-001";
    private static final String SELLER = "afton-power";
    private static final String BUYER = "blue-airways";
    private static final Instant START = Instant.parse("2021-01-01T00:00:00Z");
    private final Container container;
    private final Country country;
    private final Api admin;
    private final EffectBook effects;
    private final Load.Client client;
    private final List<Long> tokens = new CopyOnWriteArrayList<>();

    /** @param country with its people and accounts */
    Registry(Container container, Country country, EffectBook effects, Load.Client client) {
        this.container = container;
        this.country = country;
        this.admin = country.admin;
        this.effects = effects;
        this.client = client;
    }

    /** The unit, and two days of it as the baseline. */
    void open() throws Person.Stopped {
        admin.put("/devices/" + DEVICE, Map.of("siteId", "kill", "profileId", "plant-data-system", "name", DEVICE, "addresses", Map.of(), "syntheticChannels", List.of(), "acceptFrom", START.toString(), "enabled", true));
        admin.put("/sources/" + SOURCE, Map.of("siteId", "kill", "name", SOURCE, "ruleBook", "part75", "method", "G-4", "inputs",
                Map.of("heatInput", ref("heatInput"), "operatingTime", ref("operatingTime"), "load", ref("load")), "parameters", Map.of("Fc", "1040"), "operatorId", SELLER));
        var issuer = new Issuer();
        issuer.send(0, 2, 1_000);
        var baseline = issuer.batch(START, START.plus(2, ChronoUnit.DAYS));
        admin.put("/projects/" + PROJECT, Map.of("name", "Efficiency", "country", "US", "sourceId", SOURCE, "methodology", "baseline-intensity", "baselineBatchId", baseline.get("id").asText(), "accountId", SELLER, "parameters", Map.of()));
        issuer.work();
    }

    private static Map<String, String> ref(String channel) {
        return Map.of("deviceId", DEVICE, "channel", channel);
    }

    List<Person> people() {
        return List.of(new Issuer(), new Mover(), new Retirer(), new Seller(), new Banker());
    }

    private long anyToken() {
        return tokens.get(ThreadLocalRandom.current().nextInt(tokens.size()));
    }

    /** Day after day: readings, hours, case, signature, batch, credits. */
    private final class Issuer extends Person {
        Issuer() {
            super("issuer", effects, client, 100);
        }

        @Override
        void work() throws Stopped {
            int day = 2 + tokens.size();
            send(day, day + 1, 800);
            var batch = batch(START.plus(day, ChronoUnit.DAYS), START.plus(day + 1, ChronoUnit.DAYS)).get("id").asText();
            var asked = effect(Asked.of("issue/" + batch, "", SELLER, 0, 0), () -> admin.post("/issuances", Map.of("projectId", PROJECT, "batchId", batch))).orElseThrow(() -> new IllegalStateException("issuance refused"));
            var done = await(() -> admin.get("/issuances/" + asked.get("id").asText()), i -> i.get("status").asText().matches("DONE|REFUSED"));
            if (!done.get("status").asText().equals("DONE")) throw new IllegalStateException(done.toString());
            tokens.add(done.get("serial").get("tokenId").asLong());
        }

        /** Hours of [from, to) days; acknowledged when it returns. */
        void send(int from, int to, int heatInput) throws Stopped {
            var rows = new java.util.StringJoiner(",", "[", "]");
            for (int h = from * 24; h < to * 24; h++) {
                int step = h * 37 % 40;
                rows.add("{\"time\":\"" + START.plus(h, ChronoUnit.HOURS) + "\",\"operatingTime\":1,\"load\":" + (100 + step / 10.0) + ",\"heatInput\":" + (heatInput + step) + "}");
            }
            var load = new HttpLoad(container, DEVICE, HttpLoad::plant, NOT_NOW, client, new Load.Pace(0, 1, 1, 1));
            await(() -> {
                try {
                    return Api.JSON.valueToTree(load.post(rows.toString()));
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }, JsonNode::asBoolean);
        }

        /** Verified, sealed and anchored. */
        JsonNode batch(Instant from, Instant to) throws Stopped {
            long hours = ChronoUnit.HOURS.between(from, to);
            await(() -> admin.get("/sources/" + SOURCE + "/hours?from=" + from + "&to=" + to), h -> h.get("hours").size() == hours);
            var engineer = country.site.as("engineer");
            var verifier = country.site.as("verifier");
            var opened = await(() -> {
                for (var c : admin.get("/cases").get("items")) if (c.get("sourceId").asText().equals(SOURCE) && c.get("from").asText().equals(from.toString()) && c.get("to").asText().equals(to.toString())) return c;
                return engineer.post("/cases", Map.of("sourceId", SOURCE, "from", from.toString(), "to", to.toString()));
            }, c -> true);
            var id = opened.get("id").asText();
            for (var f : await(() -> admin.get("/cases/" + id + "/findings"), a -> true).get("items")) {
                if (f.get("severity").asText().equals("BLOCKING")) ask(() -> verifier.post("/findings/" + f.get("id").asText() + "/clear", Map.of("reason", "made for a test")));
            }
            await(() -> {
                var now = admin.get("/cases/" + id);
                if (!now.get("status").asText().equals("OPEN")) return now;
                var statement = verifier.get("/cases/" + id + "/statement?accept=true&reason=").get("statement").asText();
                return verifier.post("/cases/" + id + "/signature", Map.of("accept", true, "reason", "", "signature", country.keys.sign(statement)));
            }, c -> c.get("status").asText().equals("SIGNED"));
            var key = "anchor/batch-" + id.substring("case-".length());
            var batch = effect(Asked.of(key, "", "", 0, 0), () -> engineer.post("/batches", Map.of("caseId", id))).orElseThrow(() -> new IllegalStateException("batch refused"));
            await(() -> admin.get("/effects?key=" + key), e -> e.get("items").size() == 1 && e.get("items").get(0).get("status").asText().equals("DONE"));
            return batch;
        }
    }

    private final class Mover extends Person {
        private int n;

        Mover() {
            super("mover", effects, client, 60);
        }

        @Override
        void work() throws Stopped {
            var id = "t" + n++;
            long token = anyToken();
            effect(Asked.of("transfer/" + id, SELLER, BUYER, token, 1), () -> admin.post("/transfers", Map.of("requestId", id, "from", SELLER, "to", BUYER, "tokenId", token, "tonnes", 1)));
        }
    }

    private final class Retirer extends Person {
        private int n;

        Retirer() {
            super("retirer", effects, client, 90);
        }

        @Override
        void work() throws Stopped {
            var id = "r" + n++;
            long token = anyToken();
            effect(Asked.of("retire/" + id, BUYER, "", token, 1), () -> admin.post("/retirements", Map.of("requestId", id, "accountId", BUYER, "tokenId", token, "tonnes", 1, "beneficiary", "a passenger", "reason", "test")));
        }
    }

    private final class Seller extends Person {
        private int n;

        Seller() {
            super("seller", effects, client, 90);
        }

        @Override
        void work() throws Stopped {
            var id = "s" + n++;
            long token = anyToken();
            var sale = ask(() -> admin.post("/sales", Map.of("requestId", id, "seller", SELLER, "tokenId", token, "tonnes", 1, "priceMinorPerTonne", 4250, "currency", "USD")));
            if (sale.isEmpty()) return;
            var saleId = sale.get().get("id").asText();
            effect(Asked.of("settle/" + saleId, SELLER, BUYER, token, 1), () -> country.site.as("trader").post("/sales/" + saleId + "/buy", Map.of("buyer", BUYER)));
        }
    }

    private final class Banker extends Person {
        private int n;

        Banker() {
            super("banker", effects, client, 150);
        }

        @Override
        void work() throws Stopped {
            var id = "d" + n++;
            effect(Asked.of("deposit/" + id, "", BUYER, 0, 5_000), () -> admin.post("/accounts/" + BUYER + "/deposits", Map.of("requestId", id, "minor", 5_000)));
        }
    }
}
