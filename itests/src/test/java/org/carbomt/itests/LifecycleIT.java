package org.carbomt.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.carbomt.demo.Api;
import org.carbomt.demo.Site;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** One credit from end to end, as its users would do it: operator, verifier, registry, trader, and a stranger with the proof file. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LifecycleIT {
    private static final LocalDate JANUARY = LocalDate.of(2020, 1, 1);
    private static final LocalDate MARCH = LocalDate.of(2020, 3, 1);
    private static final LocalDate APRIL = LocalDate.of(2020, 4, 1);
    private static Container container;
    private static Country country;
    private static String baseline;
    private static JsonNode period;
    private static JsonNode issuance;
    private static Path proof;

    @BeforeAll
    static void start() throws Exception {
        container = new Container("lifecycle", "all");
        container.start();
        country = new Country(container);
        country.plant(JANUARY, APRIL);
    }

    @AfterAll
    static void stop() {
        container.close();
    }

    // EPA published these hours' CO2: 246 + 338 + 622 running hours of Afton 0001, January to March 2020; full hours must agree to the last digit
    @Test
    @Order(1)
    void givesEpasOwnCo2ForEveryFullHour() {
        var hours = country.admin.get("/sources/" + Site.GAS_UNIT + "/hours?from=" + Country.utc(JANUARY) + "&to=" + Country.utc(APRIL)).get("hours");
        assertEquals(91 * 24, hours.size());
        var ours = new java.util.HashMap<String, JsonNode>();
        hours.forEach(h -> ours.put(h.get("hourStart").asText(), h));
        int compared = 0;
        for (var row : org.carbomt.demo.Recording.rows("afton-0001-2020-01-08.csv", ",")) {
            var day = LocalDate.parse(row.get("OP_DATE"), java.time.format.DateTimeFormatter.ofPattern("MM-dd-yyyy"));
            if (!day.isBefore(APRIL)) continue;
            var hour = ours.get(day.atTime(Integer.parseInt(row.get("OP_HOUR")), 0).toInstant(java.time.ZoneOffset.ofHours(-7)).toString());
            if (row.get("OP_TIME").equals("0")) {
                assertEquals("IDLE", hour.get("status").asText(), hour.toString());
            } else if (row.get("OP_TIME").equals("1")) {
                assertEquals(0, new java.math.BigDecimal(row.get("CO2_MASS (tons)")).compareTo(new java.math.BigDecimal(hour.get("massShortTons").asText())), hour + " EPA: " + row);
                compared++;
            }
        }
        assertTrue(compared > 1000, "compared " + compared);
    }

    @Test
    @Order(2)
    void neverLetsTheOperatorSignTheOwnHours() {
        var id = country.site.as("engineer").post("/cases", Map.of("sourceId", Site.GAS_UNIT, "from", Country.utc(JANUARY), "to", Country.utc(MARCH))).get("id").asText();
        assertEquals(403, assertThrows(Api.Refused.class, () -> country.site.as("engineer").get("/cases/" + id + "/statement?accept=true&reason=")).status);
        var signature = country.keys.sign("anything");
        assertEquals(403, assertThrows(Api.Refused.class, () -> country.site.as("engineer").post("/cases/" + id + "/signature", Map.of("accept", true, "reason", "", "signature", signature))).status);
        var forged = assertThrows(Api.Refused.class, () -> country.site.as("verifier").post("/cases/" + id + "/signature", Map.of("accept", true, "reason", "", "signature", signature)));
        assertTrue(forged.status == 422 || forged.status == 403, forged.getMessage());
    }

    @Test
    @Order(3)
    void anchorsVerifiedHours() {
        baseline = country.batch(JANUARY, MARCH).get("id").asText();
        period = country.batch(MARCH, APRIL);
        assertEquals(64, period.get("root").asText().length());
        // sealed again: the same batch
        assertEquals(period.get("id").asText(), country.site.as("engineer").post("/batches", Map.of("caseId", period.get("caseId").asText())).get("id").asText());
    }

    @Test
    @Order(4)
    void issuesWholeTonnesOnce() {
        country.project(baseline);
        issuance = country.issue(period.get("id").asText());
        assertEquals("DONE", issuance.get("status").asText(), issuance.toString());
        assertTrue(issuance.get("tonnes").asLong() > 0);
        var again = country.issue(period.get("id").asText());
        assertEquals(issuance.get("id").asText(), again.get("id").asText());
        assertEquals(1, country.admin.get("/issuances").get("items").size());
    }

    @Test
    @Order(5)
    void refusesAPeriodClaimedBefore() {
        country.admin.put("/projects/C01-002", Map.of("name", "The same again", "country", "US", "sourceId", Site.GAS_UNIT, "methodology", "baseline-intensity", "baselineBatchId", baseline, "accountId", "afton-power", "parameters", Map.of()));
        var twice = assertThrows(Api.Refused.class, () -> country.admin.post("/issuances", Map.of("projectId", "C01-002", "batchId", period.get("id").asText())));
        assertEquals(409, twice.status, twice.getMessage());
        // a batch of its own over most of the same hours: that they are claimed only the contract knows
        var overlapping = country.batch(MARCH, APRIL.minusDays(1)).get("id").asText();
        var asked = country.admin.post("/issuances", Map.of("projectId", "C01-002", "batchId", overlapping)).get("id").asText();
        var refused = Container.await("the refusal", 60, () -> country.admin.get("/issuances/" + asked), i -> i.get("status").asText().matches("DONE|REFUSED"));
        assertEquals("REFUSED", refused.get("status").asText(), refused.toString());
        assertTrue(refused.get("reason").asText().contains("PeriodClaimed"), refused.toString());
        long token = issuance.get("serial").get("tokenId").asLong();
        assertEquals(issuance.get("tonnes").asLong(), held(token, "afton-power"));
    }

    private static long held(long token, String account) {
        for (var h : country.admin.get("/holdings?account=" + account).get("items")) if (h.get("tokenId").asLong() == token) return h.get("tonnes").asLong();
        return 0;
    }

    @Test
    @Order(6)
    void sellsAgainstCashInOneTransaction() {
        long token = issuance.get("serial").get("tokenId").asLong();
        var admin = country.admin;
        var sale = country.site.as("engineer").post("/sales", Map.of("requestId", "s1", "seller", "afton-power", "tokenId", token, "tonnes", 40, "priceMinorPerTonne", 4250, "currency", "USD"));
        var poor = assertThrows(Api.Refused.class, () -> country.site.as("trader").post("/sales/" + sale.get("id").asText() + "/buy", Map.of("buyer", "blue-airways")));
        assertEquals(409, poor.status, poor.getMessage());
        admin.post("/accounts/blue-airways/deposits", Map.of("requestId", "d1", "minor", 200_000));
        admin.post("/accounts/blue-airways/deposits", Map.of("requestId", "d1", "minor", 200_000));
        Container.await("the deposit", 60, () -> admin.get("/accounts/blue-airways").get("cash").asLong(), c -> c == 200_000);
        country.site.as("trader").post("/sales/" + sale.get("id").asText() + "/buy", Map.of("buyer", "blue-airways"));
        Container.await("the settlement", 60, () -> admin.get("/sales").get("items").get(0).get("status").asText(), "SETTLED"::equals);
        assertEquals(40, held(token, "blue-airways"));
        assertEquals(30_000, admin.get("/accounts/blue-airways").get("cash").asLong());
        assertEquals(170_000, admin.get("/accounts/afton-power").get("cash").asLong());
    }

    @Test
    @Order(7)
    void aTraderMovesOnlyTheOwnCredits() {
        long token = issuance.get("serial").get("tokenId").asLong();
        var theft = assertThrows(Api.Refused.class, () -> country.site.as("trader").post("/transfers", Map.of("requestId", "t0", "from", "afton-power", "to", "blue-airways", "tokenId", token, "tonnes", 1)));
        assertEquals(403, theft.status, theft.getMessage());
    }

    @Test
    @Order(8)
    void retiresForEverWithCertificateAndTrace() {
        long token = issuance.get("serial").get("tokenId").asLong();
        var asked = country.site.as("trader").post("/retirements", Map.of("requestId", "r1", "accountId", "blue-airways", "tokenId", token, "tonnes", 15, "beneficiary", "A <b>passenger</b>", "reason", "flight"));
        var done = Container.await("the retirement", 60, () -> country.admin.get("/retirements/" + asked.get("id").asText()), r -> r.get("status").asText().matches("DONE|REFUSED"));
        assertEquals("DONE", done.get("status").asText(), done.toString());
        assertEquals(25, held(token, "blue-airways"));
        var certificate = new String(country.admin.bytes("/retirements/" + asked.get("id").asText() + "/certificate"), java.nio.charset.StandardCharsets.UTF_8);
        assertTrue(certificate.contains("&lt;b&gt;passenger") && !certificate.contains("<b>passenger"), "the beneficiary must be escaped");
        var kinds = new java.util.TreeSet<String>();
        country.admin.get("/credits/" + token + "/trace").get("steps").forEach(s -> kinds.add(s.get("kind").asText()));
        assertTrue(kinds.containsAll(List.of("retirement", "sale", "issuance", "batch", "verification", "hours", "device")), kinds.toString());
        var too = assertThrows(Api.Refused.class, () -> country.site.as("trader").post("/retirements", Map.of("requestId", "r2", "accountId", "blue-airways", "tokenId", token, "tonnes", 26, "beneficiary", "x", "reason", "y")));
        assertEquals(409, too.status, too.getMessage());
    }

    @Test
    @Order(9)
    void givesAProofThatAStrangerChecksOffline() throws Exception {
        var id = country.admin.get("/retirements").get("items").get(0).get("id").asText();
        proof = container.home.resolve("proof.json");
        Files.write(proof, new Api(container.base(), "nobody").bytes("/retirements/" + id + "/proof"));
        var said = Container.shell(List.of("java", "-jar", jar().toString(), proof.toString()), 120);
        assertTrue(said.contains("Proof holds"), said);
    }

    @Test
    @Order(10)
    void aChangedByteBreaksTheProof() throws Exception {
        var bytes = Files.readAllBytes(proof);
        var random = new java.util.Random(20261124);
        for (int i = 0; i < 12; i++) {
            var changed = bytes.clone();
            int at = random.nextInt(bytes.length);
            changed[at] ^= 1;
            var file = container.home.resolve("changed.json");
            Files.write(file, changed);
            var process = new ProcessBuilder("java", "-jar", jar().toString(), file.toString()).redirectErrorStream(true).redirectOutput(container.home.resolve("changed.out").toFile()).start();
            assertTrue(process.waitFor(120, java.util.concurrent.TimeUnit.SECONDS));
            assertNotEquals(0, process.exitValue(), "byte " + at + " changed and nothing broke");
        }
    }

    private static Path jar() {
        return Path.of(System.getProperty("carbomt.root"), "proof-checker", "target", "carbomt-proof.jar");
    }

    @Test
    @Order(11)
    void keepsItAllOverARestart() {
        long token = issuance.get("serial").get("tokenId").asLong();
        container.stop();
        container.start();
        Container.await("the books after the restart", 60, () -> held(token, "blue-airways"), n -> n == 25);
        assertEquals(-1, country.admin.post("/journal/verify", Map.of()).get("firstBad").asLong());
    }

    @Test
    @Order(12)
    void tradesInTheOrderBook() throws Exception {
        new ExchangeRounds(container, country.admin, issuance.get("serial").get("tokenId").asLong()).tradesSettlesAndComesBackTheSame();
    }
}
