package org.carbomt.proof;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.carbomt.api.canonical.CanonicalJson;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.canonical.MerkleTree;
import org.carbomt.api.credit.CreditBatch;
import org.carbomt.api.emission.EmissionSource;
import org.carbomt.api.emission.HourResult;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.evidence.Cid;
import org.carbomt.api.journal.Entry;
import org.carbomt.api.journal.EntryFormat;
import org.carbomt.api.reading.Channel;
import org.carbomt.api.reading.Grade;
import org.carbomt.api.reading.ReadingBlock;

/** A whole proof, consistent in itself: two batches of hours of a source, a real tree, P-256 signature and sealed chain. */
public final class TestProof {
    public static final String CREDITS = "0x" + "c0".repeat(20);
    public static final String ANCHORS = "0x" + "a0".repeat(20);
    public static final String SELLER = "0x" + "11".repeat(20);
    public static final String BUYER = "0x" + "22".repeat(20);
    public static final String NOBODY = "0x" + "00".repeat(20);
    public static final EmissionSource SOURCE = new EmissionSource("stack-1", "site-1", "Stack 1", "test-rules", "mean", Map.of("mass", new EmissionSource.ChannelRef("dcs-1", "co2Mass")),
            Map.of("Fc", new BigDecimal("1040")), "plant-operator", Optional.empty());
    private static final KeyPair VERIFIER = keyPair();
    private final TestCalculators calculators = new TestCalculators();
    private final Map<String, Object> entries = new LinkedHashMap<>();
    private final TestChain chain = new TestChain();
    private final java.math.BigInteger seal;
    private long sequence = 7;

    private final int periodHours;
    private final int baselineHours;
    private final int entriesPerHour;

    private TestProof(java.math.BigInteger seal, int periodHours, int baselineHours, int entriesPerHour) {
        this.seal = seal;
        this.periodHours = periodHours;
        this.baselineHours = baselineHours;
        this.entriesPerHour = entriesPerHour;
    }

    /** Sealed by the validator of {@link TestChain}. */
    public static Map<String, Object> sealed() {
        return new TestProof(TestChain.KEY, 5, 6, 3).build();
    }

    /** On a chain without seals. */
    static Map<String, Object> unsealed() {
        return new TestProof(null, 5, 6, 3).build();
    }

    /** Sealed, of that many hours in each batch. */
    public static Map<String, Object> large(int hours, int entriesPerHour) {
        return new TestProof(TestChain.KEY, hours, hours, entriesPerHour).build();
    }

    private Map<String, Object> build() {
        long tonnes = 20L * baselineHours - 15L * periodHours;
        var end = Instant.parse("2020-03-01T00:00:00Z").plus(Duration.ofHours(periodHours)).toString().substring(0, 10).replace("-", "");
        var baseline = batch("baseline", Instant.parse("2019-03-01T00:00:00Z"), baselineHours, 20.0);
        var period = batch("period", Instant.parse("2020-03-01T00:00:00Z"), periodHours, 15.0);
        var terms = CreditBatch.terms("C01-001", "batch-period", tonnes, Map.of("savedTons", new BigDecimal(tonnes + ".0")));
        long from = Instant.parse("2020-03-01T00:00:00Z").getEpochSecond() / 3600;

        var issued = new LinkedHashMap<String, Object>();
        issued.put("id", "issuance-1");
        issued.put("key", "issue/C01-001/2020-03");
        issued.put("tokenId", 3L);
        issued.put("tonnes", tonnes);
        issued.put("address", SELLER);
        issued.put("terms", terms);
        issued.put("receipt", block(TestChain.receipt(moved(NOBODY, SELLER, 1, tonnes), TestChain.log(CREDITS, Events.ISSUED,
                List.of(TestChain.word(3), TestChain.word(Events.key("issue/C01-001/2020-03")), TestChain.word(SELLER)), TestChain.word((String) period.get("root")),
                TestChain.word(CanonicalJson.hash(terms).hex()), "C01-001", "stack-1", from, from + periodHours, 1L, tonnes))));
        var sale = Map.<String, Object>of("transaction", "0x" + "5a".repeat(32), "receipt", block(TestChain.receipt(moved(SELLER, BUYER, 1, 30))));
        var retired = new LinkedHashMap<String, Object>();
        retired.put("id", "retirement-1");
        retired.put("key", "retire/request-1");
        retired.put("tokenId", 3L);
        retired.put("tonnes", 12L);
        retired.put("serial", "C01-001-20200301-" + end + "-003:9-20");
        retired.put("address", BUYER);
        retired.put("beneficiary", "Ærlig A/S");
        retired.put("reason", "flights of 2026");
        retired.put("receipt", block(TestChain.receipt(TestChain.log(CREDITS, Events.RETIRED,
                List.of(TestChain.word(3), TestChain.word(Events.key("retire/request-1")), TestChain.word(BUYER)), 9L, 20L, "Ærlig A/S", "flights of 2026"))));

        var file = new LinkedHashMap<String, Object>();
        file.put("type", ProofChecker.TYPE);
        file.put("network", Map.of("chainId", 2026L, "validator", seal == null ? "" : TestChain.VALIDATOR, "contracts", Map.of("credits", CREDITS, "anchors", ANCHORS)));
        file.put("retirement", retired);
        file.put("movements", List.of(sale));
        file.put("issuance", issued);
        file.put("project", Map.of("id", "C01-001", "sourceId", "stack-1", "methodology", "test-saving", "parameters", Map.of()));
        file.put("source", SourceForm.canonical(SOURCE));
        file.put("batches", Map.of("period", period, "baseline", baseline));
        file.put("entries", entries);
        return file;
    }

    private static Object moved(String from, String to, long first, long last) {
        return TestChain.log(CREDITS, Events.MOVED, List.of(TestChain.word(3), TestChain.word(from), TestChain.word(to)), first, last);
    }

    /** The receipt as number 130 of 140 others, so that the trie has branches, extensions and leaves. */
    private Map<String, Object> block(byte[] receipt) {
        var receipts = new ArrayList<byte[]>();
        for (int i = 0; i < 140; i++) receipts.add(i == 130 ? receipt : TestChain.receipt(TestChain.log(BUYER, "Noise(uint256)", List.of(), (long) i)));
        return chain.block(receipts, 130, seal);
    }

    private Map<String, Object> batch(String id, Instant from, int count, double tons) {
        var hours = new ArrayList<Object>();
        var leaves = new ArrayList<Hash>();
        for (int i = 0; i < count; i++) {
            var start = from.plus(Duration.ofHours(i));
            var sequences = new ArrayList<Object>();
            var data = new ArrayList<byte[]>();
            for (int m = 0; m < entriesPerHour; m++) {
                var bytes = entry(start.plusSeconds(3600L * m / entriesPerHour).toEpochMilli(), tons + m % 3 - 1);
                sequences.add(sequence);
                entries.put(Long.toString(sequence++), Base64.getEncoder().encodeToString(bytes));
                data.add(bytes);
            }
            var mass = (HourResult.Mass) calculators.compute(calculators.hour(SOURCE, start, data.stream().map(calculators::entry).toList()));
            var hour = new HourlyRecord("stack-1", start, 1, HourlyRecord.Status.MEASURED, Optional.of(mass.massShortTons()), Optional.of(mass.uncertaintyPercent()), Grade.MEASURED, "test-rules@1.0.0",
                    "mean", mass.clause(), "", mass.steps(), new MerkleTree(data.stream().map(MerkleTree::leaf).toList()).root(), (Long) sequences.get(0), entriesPerHour, start.plusSeconds(4000));
            leaves.add(hour.leaf());
            hours.add(Map.of("record", hour.canonical(), "entries", sequences));
        }
        var root = new MerkleTree(leaves).root();
        var to = from.plus(Duration.ofHours(count));
        var cid = Cid.ofContent(id.getBytes(StandardCharsets.US_ASCII)).text();
        var statement = CanonicalJson.text(statement("case-" + id, from, to, root, count));
        var out = new LinkedHashMap<String, Object>();
        out.put("id", "batch-" + id);
        out.put("caseId", "case-" + id);
        out.put("sourceId", "stack-1");
        out.put("from", from.toString());
        out.put("to", to.toString());
        out.put("openedBy", "olga");
        out.put("root", root.hex());
        out.put("cid", cid);
        out.put("hours", hours);
        out.put("signature", Map.of("verifierId", "vera", "publicKey", Base64.getEncoder().encodeToString(VERIFIER.getPublic().getEncoded()), "statement", statement, "signature", sign(statement), "reason", "", "at", "2020-05-01T00:00:00Z"));
        out.put("anchor", Map.of("key", "anchor/batch-" + id, "receipt", block(TestChain.receipt(TestChain.log(ANCHORS, Events.ANCHORED,
                List.of(TestChain.word(root.hex()), TestChain.word(Events.key("anchor/batch-" + id))), (long) count, cid)))));
        return out;
    }

    private static byte[] entry(long timeMillis, double tons) {
        var payload = "{\"co2Mass\":%s}".formatted(tons).getBytes(StandardCharsets.US_ASCII);
        return EntryFormat.encode(new Entry("dcs-1", "mqtt", "test@1", Hash.sha256(), true, OptionalLong.empty(), Instant.ofEpochMilli(timeMillis + 90), payload,
                ReadingBlock.row(List.of(new Channel("co2Mass", "t", Grade.MEASURED)), timeMillis, tons)));
    }

    static Map<String, Object> statement(String caseId, Instant from, Instant to, Hash root, long hours) {
        var map = new LinkedHashMap<String, Object>();
        map.put("case", caseId);
        map.put("source", "stack-1");
        map.put("from", from.toString());
        map.put("to", to.toString());
        map.put("hoursRoot", root.hex());
        map.put("hours", hours);
        map.put("verdict", "ACCEPT");
        map.put("verifier", "vera");
        return map;
    }

    static String sign(String statement) {
        try {
            var ecdsa = Signature.getInstance("SHA256withECDSA");
            ecdsa.initSign(VERIFIER.getPrivate());
            ecdsa.update(statement.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(ecdsa.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keyPair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
