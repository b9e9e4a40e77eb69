package org.carbomt.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Plays the demo site against a running container and ends with a retired credit and its proof file. Each run goes on where the last one ended:
 * the first accounts for January and February 2020 as the baseline and earns credits in March, the next in April, and so on up to August.
 */
public final class Demo {
    private static final LocalDate BASELINE_FROM = LocalDate.of(2020, 1, 1);
    private static final LocalDate BASELINE_TO = LocalDate.of(2020, 3, 1);
    private static final LocalDate RECORDING_ENDS = LocalDate.of(2020, 9, 1);
    private static final String PROJECT = "C01-001";
    private static final ZoneOffset SITE_TIME = ZoneOffset.ofHours(-7);

    private final Api admin;
    private final Keys keys;
    private final Site site;
    private final Path out;
    private final int mqttPort;
    private final int udpPort;
    private int step;

    private Demo(Api admin, Keys keys, Path out, int mqttPort, int udpPort) {
        this.admin = admin;
        this.keys = keys;
        this.site = new Site(admin, keys);
        this.out = out;
        this.mqttPort = mqttPort;
        this.udpPort = udpPort;
    }

    /** Arguments: base URL, MQTT port, UDP port, file with the administrator's access key, folder for keys, folder for results. */
    public static void main(String[] args) throws Exception {
        if (args.length != 6) {
            System.err.println("usage: carbomt-demo BASE-URL MQTT-PORT UDP-PORT ADMIN-KEY-FILE KEYS-FOLDER RESULTS-FOLDER");
            System.exit(2);
        }
        try {
            var keys = new Keys(Path.of(args[4]));
            var key = keys.find("administrator.key").orElse(null);
            if (key == null) key = keys.keep("administrator.key", Files.readAllLines(Path.of(args[3])).stream().map(String::strip).filter(l -> l.startsWith("cmt_")).findFirst().orElseThrow());
            Files.createDirectories(Path.of(args[5]));
            new Demo(new Api(URI.create(args[0]), key), keys, Path.of(args[5]), Integer.parseInt(args[1]), Integer.parseInt(args[2])).play(URI.create(args[0]));
        } catch (Api.Refused | IllegalStateException e) {
            System.err.println("The demo cannot go on: " + e.getMessage());
            System.exit(1);
        }
    }

    private void play(URI base) throws Exception {
        say("The demo site: people, accounts, devices, sources.");
        site.build();
        site.as("auditor"); // whoever looks at the console afterwards signs in with this key
        boolean first = keys.find("baseline.batch").isEmpty();
        var month = LocalDate.parse(keys.find("next.month").orElse(BASELINE_TO.toString()));
        if (!month.isBefore(RECORDING_ENDS)) {
            System.out.println("   Every recorded month has been played. './run --fresh' starts over.");
            return;
        }
        var monthEnd = month.plusMonths(1);
        sendReadings(base, first, month, monthEnd);

        say("Hourly CO2 mass by 40 CFR Part 75 (G-4: heat input x 1040 scf/mmBtu x 44 / 385 / 2000).");
        awaitHours();
        compareWithEpa(first ? BASELINE_FROM : month, monthEnd);

        var baseline = keys.find("baseline.batch").orElse(null);
        if (baseline == null) baseline = keys.keep("baseline.batch", verifiedBatch("baseline", BASELINE_FROM, BASELINE_TO));
        var batch = verifiedBatch("period", month, monthEnd);

        say("Credits: methodology 'baseline intensity', project " + PROJECT + ".");
        admin.put("/projects/" + PROJECT, Map.of("name", "Afton 0001 efficiency (demo)", "country", "US", "sourceId", Site.GAS_UNIT, "methodology", "baseline-intensity", "baselineBatchId", baseline, "accountId", "afton-power", "parameters", Map.of()));
        admin.post("/issuances", Map.of("projectId", PROJECT, "batchId", batch));
        var issuance = await("the issuance", () -> issuanceOf(batch), i -> i.get("status").asText().matches("DONE|REFUSED"));
        if (!issuance.get("status").asText().equals("DONE")) throw new IllegalStateException("the chain refused the issuance: " + issuance.get("reason").asText());
        issuance.get("steps").fields().forEachRemaining(s -> System.out.printf("     %-28s %s%n", s.getKey(), s.getValue().asText()));
        long tonnes = issuance.get("tonnes").asLong();
        long token = issuance.get("serial").get("tokenId").asLong();
        System.out.println("   Issued " + tonnes + " t, " + issuance.get("serial").get("projectId").asText() + " token " + token + ".");

        sellAndRetire(month, token, tonnes);
        showForecast();
        tradeInTheBook(month, token, tonnes);
        keys.keep("next.month", monthEnd.toString());
    }

    private JsonNode issuanceOf(String batch) {
        for (var i : admin.get("/issuances").get("items")) {
            if (i.get("hourBatchId").asText().equals(batch)) return i;
        }
        throw new IllegalStateException("no issuance of " + batch);
    }

    private void sendReadings(URI base, boolean first, LocalDate month, LocalDate monthEnd) throws Exception {
        say("Readings, recorded by real instruments, sent through the real protocols:");
        var pool = Executors.newCachedThreadPool();
        try {
            var plant = pool.submit(() -> Senders.plant(new Ingest(base, Site.PLANT, site.secret(Site.PLANT)), first ? BASELINE_FROM : month, monthEnd, n -> {}));
            Future<Integer> stack = null;
            Future<Integer> office = null;
            Future<Integer> board = null;
            if (first) {
                var engineer = site.as("engineer");
                engineer.put("/devices/" + Site.OFFICE + "/lorawan", Map.of("devAddr", Site.DEV_ADDR, "nwkSKey", keys.radioKey("office.nwkSKey"), "appSKey", keys.radioKey("office.appSKey"), "nextCounter", 0));
                stack = pool.submit(() -> Senders.stack(new Ingest(base, Site.STACK, site.secret(Site.STACK))));
                office = pool.submit(() -> Senders.office(udpPort, Site.DEV_ADDR, keys.radioKey("office.nwkSKey"), keys.radioKey("office.appSKey"), 0, 120, n -> {}));
                board = pool.submit(() -> Senders.board(mqttPort, Site.BOARD, site.secret(Site.BOARD), 200, n -> {}));
            }
            System.out.printf("   HTTP     %5d hours of Afton 0001 (heat input, load, operating time; EPA)%n", plant.get());
            if (first) {
                System.out.printf("   HTTP     %5d hours of Burgess ST01 (flow recorded; CO2 and H2O are SYNTHETIC and can never carry a credit)%n", stack.get());
                System.out.printf("   LoRaWAN  %5d frames of an office CO2 sensor (Elsys ERS CO2, AES, Semtech UDP)%n", office.get());
                System.out.printf("   MQTT     %5d messages of the MQ board (indicative: can never carry a credit)%n", board.get());
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private void awaitHours() throws InterruptedException {
        var status = admin.get("/status");
        long target = status.get("journal").get("nextSequence").asLong();
        await("the hours", () -> admin.get("/status"), s -> s.get("hours").get("computedThrough").asLong() >= target - 1);
    }

    /** Our own figures against those EPA published for the same hours. */
    private void compareWithEpa(LocalDate from, LocalDate to) {
        var hours = admin.get("/sources/" + Site.GAS_UNIT + "/hours?from=" + utc(from) + "&to=" + utc(to)).get("hours");
        var ours = new java.util.HashMap<String, JsonNode>();
        hours.forEach(h -> ours.put(h.get("hourStart").asText(), h));
        int full = 0;
        int equal = 0;
        for (var row : Recording.rows("afton-0001-2020-01-08.csv", ",")) {
            var day = LocalDate.parse(row.get("OP_DATE"), java.time.format.DateTimeFormatter.ofPattern("MM-dd-yyyy", java.util.Locale.ROOT));
            if (day.isBefore(from) || !day.isBefore(to) || !row.get("OP_TIME").equals("1")) continue;
            full++;
            var hour = ours.get(day.atTime(Integer.parseInt(row.get("OP_HOUR")), 0).toInstant(SITE_TIME).toString());
            if (hour != null && !hour.get("massShortTons").isNull() && new java.math.BigDecimal(hour.get("massShortTons").asText()).compareTo(new java.math.BigDecimal(row.get("CO2_MASS (tons)"))) == 0) equal++;
        }
        System.out.printf("   %d hourly records; %d of %d full operating hours equal EPA's own CO2 to the last digit.%n", hours.size(), equal, full);
    }

    private String verifiedBatch(String what, LocalDate from, LocalDate to) throws InterruptedException {
        say("Verification of the " + what + ": " + from + " to " + to + " (site time).");
        var engineer = site.as("engineer");
        var verifier = site.as("verifier");
        JsonNode opened = null;
        for (var c : admin.get("/cases").get("items")) {
            if (c.get("sourceId").asText().equals(Site.GAS_UNIT) && c.get("from").asText().equals(utc(from)) && c.get("to").asText().equals(utc(to)) && !c.get("status").asText().equals("REFUSED")) opened = c;
        }
        if (opened == null) opened = engineer.post("/cases", Map.of("sourceId", Site.GAS_UNIT, "from", utc(from), "to", utc(to)));
        var id = opened.get("id").asText();
        var findings = admin.get("/cases/" + id + "/findings").get("items");
        System.out.printf("   case %s: %d hours, %d findings.%n", id, opened.get("hourIds").size(), findings.size());
        int shown = 0;
        for (var f : findings) {
            if (shown++ < 3) System.out.println("     " + f.get("severity").asText() + " " + f.get("checkId").asText() + ": " + f.get("message").asText());
            if (f.get("severity").asText().equals("BLOCKING") && f.get("clearedBy").asText("").isEmpty()) verifier.post("/findings/" + f.get("id").asText() + "/clear", Map.of("reason", "Compared with the plant's load record; the recorded value stands (demo)"));
        }
        if (opened.get("status").asText().equals("OPEN")) {
            var statement = verifier.get("/cases/" + id + "/statement?accept=true&reason=").get("statement").asText();
            verifier.post("/cases/" + id + "/signature", Map.of("accept", true, "reason", "", "signature", keys.sign(statement)));
            System.out.println("   signed by the verifier (P-256, a key of the verifier's own).");
        }
        var batch = engineer.post("/batches", Map.of("caseId", id));
        var done = await("the anchoring", () -> admin.get("/effects?limit=200"), effects -> {
            for (var e : effects.get("items")) {
                if (e.get("businessKey").asText().equals(batch.get("anchorKey").asText())) return e.get("status").asText().equals("DONE");
            }
            return false;
        });
        System.out.println("   Merkle root " + batch.get("root").asText().substring(0, 16) + "… anchored on chain; evidence " + batch.get("cid").asText("").substring(0, Math.min(16, batch.get("cid").asText("").length())) + "…");
        return batch.get("id").asText();
    }

    private void sellAndRetire(LocalDate month, long token, long tonnes) throws Exception {
        say("A sale at a fixed price, credits against cash in one transaction.");
        long amount = Math.min(100, tonnes);
        admin.post("/accounts/blue-airways/deposits", Map.of("requestId", "demo-deposit-" + month, "minor", amount * 4_250));
        await("the deposit", () -> admin.get("/accounts/blue-airways"), a -> a.get("cash").asLong() >= amount * 4_250);
        var sale = site.as("engineer").post("/sales", Map.of("requestId", "demo-sale-" + month, "seller", "afton-power", "tokenId", token, "tonnes", amount, "priceMinorPerTonne", 4_250, "currency", "USD"));
        var trader = site.as("trader");
        if (sale.get("status").asText().equals("OPEN")) trader.post("/sales/" + sale.get("id").asText() + "/buy", Map.of("buyer", "blue-airways"));
        var settled = await("the settlement", () -> saleOf(sale.get("id").asText()), s -> s.get("status").asText().matches("SETTLED|FAILED"));
        if (!settled.get("status").asText().equals("SETTLED")) throw new IllegalStateException("the sale failed: " + settled.get("reason").asText());
        System.out.println("   Blue Airways bought " + amount + " t at 42.50 USD, transaction " + settled.get("transaction").asText().substring(0, 14) + "…");

        say("Retirement.");
        long retired = Math.min(25, amount);
        var retirement = trader.post("/retirements", Map.of("requestId", "demo-retire-" + month, "accountId", "blue-airways", "tokenId", token, "tonnes", retired, "beneficiary", "Passengers of flight BA 2490 (demo)", "reason", "Voluntary compensation"));
        var id = retirement.get("id").asText();
        var done = await("the retirement", () -> admin.get("/retirements/" + id), r -> r.get("status").asText().matches("DONE|REFUSED"));
        if (!done.get("status").asText().equals("DONE")) throw new IllegalStateException("the retirement was refused");
        var serial = done.get("serial");
        System.out.println("   Retired " + retired + " t for ever: serials " + serial.get("first").asText() + " to " + serial.get("last").asText() + " of token " + token + ".");
        Files.write(out.resolve("certificate-" + month + ".html"), admin.bytes("/retirements/" + id + "/certificate"));
        Files.write(out.resolve("proof-" + month + ".json"), admin.bytes("/retirements/" + id + "/proof"));
        Files.writeString(out.resolve("latest"), month.toString());
    }

    private void showForecast() throws InterruptedException {
        say("What the plant is expected to emit next: the method that did best on its own last weeks, and the band of its errors there.");
        var next = java.time.Instant.parse(admin.get("/sources/" + Site.GAS_UNIT).get("newestHour").asText()).plusSeconds(3600).toString();
        var forecast = await("the forecast", () -> admin.get("/sources/" + Site.GAS_UNIT + "/forecasts").get("items").path(0), f -> f.path("hours").path(0).path("hourStart").asText().equals(next));
        var judged = forecast.get("judged").get(0);
        for (int h = 0; h < forecast.get("hours").size(); h += 6) {
            var hour = forecast.get("hours").get(h);
            System.out.printf(java.util.Locale.ROOT, "   %s  %6.1f short tons, 80 %% between %.1f and %.1f%n", hour.get("hourStart").asText(), hour.get("median").asDouble(), hour.get("low").asDouble(), hour.get("high").asDouble());
        }
        System.out.printf(java.util.Locale.ROOT, "   %s, of %d methods; on the %d hours before it was %.1f short tons an hour off, %.0f %% lay within its band.%n", forecast.get("method").asText(), forecast.get("judged").size(), judged.get("hours").asInt(), judged.get("meanAbsoluteError").asDouble(),
                judged.get("withinPercent").asDouble());
    }

    private void tradeInTheBook(LocalDate month, long token, long tonnes) throws InterruptedException {
        long amount = Math.min(40, tonnes - Math.min(100, tonnes));
        if (amount < 1) return;
        say("The order book: an order waits, another meets it, the trade is settled on chain.");
        admin.put("/market/instruments/" + token, Map.of("tickMinor", 5));
        admin.post("/accounts/blue-airways/deposits", Map.of("requestId", "demo-book-" + month, "minor", amount / 2 * 4_350));
        var engineer = site.as("engineer");
        var trader = site.as("trader");
        var ask = await("the seller's order", () -> engineer.post("/market/orders", order("demo-ask-" + month, "afton-power", token, "SELL", 4_300, amount)), o -> true);
        engineer.post("/market/orders", order("demo-ask2-" + month, "afton-power", token, "SELL", 4_400, 60));
        System.out.printf("   Afton Power sells %d t at 43.00 USD: order %s waits in the book.%n", amount, ask.get("id").asText());
        await("the buyer's cash", () -> admin.get("/accounts/blue-airways"), a -> a.get("cash").asLong() >= amount / 2 * 4_350);
        var bid = trader.post("/market/orders", order("demo-bid-" + month, "blue-airways", token, "BUY", 4_350, amount / 2));
        System.out.printf("   Blue Airways bids 43.50 for %d t and pays the waiting price: %d t filled.%n", amount / 2, bid.get("filled").asLong());
        var settled = await("the settlement", () -> trader.get("/market/settlements?account=blue-airways&limit=1").get("items").path(0), s -> s.path("status").asText().matches("SETTLED|FAILED"));
        var state = admin.get("/market/state");
        System.out.printf("   Settled on chain, credits against cash: %s. Best ask now %s; state after %d commands %s…%n", settled.path("status").asText(),
                admin.get("/market/instruments/" + token + "/depth").get("asks").path(0).path("priceMinor").asText(), state.get("sequence").asLong(), state.get("stateHash").asText().substring(0, 16));
    }

    private static Map<String, Object> order(String requestId, String account, long token, String side, long price, long tonnes) {
        return Map.of("requestId", requestId, "account", account, "tokenId", token, "side", side, "type", "LIMIT", "priceMinor", price, "tonnes", tonnes);
    }

    private JsonNode saleOf(String id) {
        for (var s : admin.get("/sales").get("items")) {
            if (s.get("id").asText().equals(id)) return s;
        }
        throw new IllegalStateException("no sale " + id);
    }

    private <T> T await(String what, Callable<T> now, java.util.function.Predicate<T> done) throws InterruptedException {
        long end = System.nanoTime() + 120_000_000_000L;
        while (true) {
            T value;
            try {
                value = now.call();
            } catch (Api.Refused e) {
                if (e.status != 503) throw e;
                value = null;
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            if (value != null && done.test(value)) return value;
            if (System.nanoTime() > end) throw new IllegalStateException(what + " took more than 120 s");
            Thread.sleep(100);
        }
    }

    private static String utc(LocalDate day) {
        return day.atStartOfDay().toInstant(SITE_TIME).toString();
    }

    private void say(String line) {
        System.out.println((++step) + ". " + line);
    }
}
