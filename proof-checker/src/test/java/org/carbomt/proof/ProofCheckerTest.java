package org.carbomt.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.carbomt.api.canonical.CanonicalJson;
import org.junit.jupiter.api.Test;

class ProofCheckerTest {
    private static final byte[] PROOF = ProofChecker.finish(TestProof.sealed());
    private final ProofChecker checker = new ProofChecker(new TestCalculators());

    @Test
    void aWholeProofHolds() {
        var report = checker.check(PROOF, new Trust(Optional.of(TestChain.VALIDATOR), Optional.of(TestProof.CREDITS), Optional.of(TestProof.ANCHORS)));
        assertEquals(List.of(), report.brokenLinks());
        assertTrue(report.holds(), report.text());
        assertEquals(0, report.exitCode());
        assertTrue(report.text().startsWith("Proof holds: 33 of 33 checks"), report.text());
        assertTrue(report.trusted().get(0).contains("as you gave it"));
        assertTrue(checker.check(PROOF, Trust.OF_THE_FILE).trusted().get(0).contains("named by the file alone"));
    }

    @Test
    void aChainWithoutSealsIsNeverSaidToHold() {
        var report = checker.check(ProofChecker.finish(TestProof.unsealed()), Trust.OF_THE_FILE);
        assertEquals(List.of(), report.brokenLinks());
        assertFalse(report.holds());
        assertEquals(3, report.exitCode());
        assertTrue(report.links().stream().anyMatch(l -> l.name().equals("retirement.seal") && l.sentence().matches(".*block 45 has the hash 0x[0-9a-f]{64}")), report.text());
        // Who knows the validator is not fooled by a file that leaves it out.
        assertEquals(1, checker.check(ProofChecker.finish(TestProof.unsealed()), new Trust(Optional.of(TestChain.VALIDATOR), Optional.empty(), Optional.empty())).exitCode());
    }

    /** Two months of a plant, a message every five minutes: what an auditor's laptop must take in its stride. */
    @Test
    void aMonthAgainstAMonthIsCheckedInSeconds() {
        var proof = ProofChecker.finish(TestProof.large(744, 12));
        long start = System.nanoTime();
        var report = checker.check(proof, Trust.OF_THE_FILE);
        assertTrue(report.holds(), report.text());
        assertTrue(System.nanoTime() - start < 15_000_000_000L, "seconds: " + (System.nanoTime() - start) / 1e9);
    }

    @Test
    void aFlippedBitAnywhereIsNoticed() {
        var random = new Random(8785);
        for (int i = 0; i < 2_500; i++) {
            var changed = PROOF.clone();
            int position = random.nextInt(changed.length);
            changed[position] ^= (byte) (1 << random.nextInt(8));
            // The digest link alone must notice each; every 25th goes through all links as well, which must not throw.
            assertTrue(i % 25 == 0 ? checker.check(changed, Trust.OF_THE_FILE).broken() : checker.fileLink(changed).state() == Link.State.BROKEN, "bit flipped in byte " + position);
        }
    }

    /** Whoever changes the file can write a new digest, too: then the link that the change touches must break. */
    @Test
    void namesTheLinkThatAChangeBreaks() {
        breaks(Set.of("period.root", "period.recomputed", "quantification"), file -> at(file, "batches", "period", "hours", 2, "record").put("massShortTons", "14.9"));
        breaks(Set.of("baseline.root", "baseline.recomputed", "quantification"), file -> at(file, "batches", "baseline", "hours", 0, "record").put("massShortTons", "21.0"));
        breaks(Set.of("period.root"), file -> at(file, "batches", "period", "hours", 2, "record").put("recordedAt", "2020-04-01T00:00:00Z"));
        // Of a journal entry: the time it was received, which the mass does not depend on; a value; its form.
        breaks(Set.of("period.readings"), file -> change(at(file, "entries"), "26", bytes -> bytes[61] ^= 1));
        breaks(Set.of("period.readings", "period.recomputed"), file -> change(at(file, "entries"), "26", bytes -> bytes[bytes.length - 7] ^= 8));
        breaks(Set.of("period.readings", "period.recomputed"), file -> change(at(file, "entries"), "26", bytes -> bytes[0] ^= 1));
        breaks(Set.of("retirement.event"), file -> at(file, "retirement").put("serial", "C01-001-20200301-20200301-003:10-21"));
        breaks(Set.of("retirement.event"), file -> at(file, "retirement").put("beneficiary", "Someone else"));
        breaks(Set.of("retirement.event"), file -> at(file, "retirement").put("tonnes", 13L));
        breaks(Set.of("retirement.event", "serials"), file -> at(file, "retirement").put("serial", "C01-002-20200301-20200301-004:9-20"));
        breaks(Set.of("retirement.event", "serials", "movements"), file -> at(file, "retirement").put("key", "retire/request-2"));
        breaks(Set.of("issuance.event"), file -> at(file, "project").put("id", "C01-002"));
        breaks(Set.of("issuance.event", "quantification"), file -> at(file, "issuance").put("tonnes", 44L));
        breaks(Set.of("issuance.terms", "quantification"), file -> at(file, "issuance", "terms", "steps").put("savedTons", "44.0"));
        breaks(Set.of("period.signature"), file -> change(at(file, "batches", "period", "signature"), "signature", bytes -> bytes[bytes.length - 1] ^= 1));
        breaks(Set.of("period.signature", "period.statement"), file -> at(file, "batches", "period", "signature").computeIfPresent("statement", (k, v) -> ((String) v).replace("ACCEPT", "REFUSE")));
        breaks(Set.of("baseline.statement", "baseline.verifier"), file -> at(file, "batches", "baseline", "signature").put("verifierId", "plant-operator"));
        breaks(Set.of("period.verifier"), file -> at(file, "batches", "period").put("openedBy", "vera"));
        breaks(Set.of("period.verifier", "baseline.verifier"), file -> at(file, "source").put("operatorId", "vera"));
        breaks(Set.of("period.anchor"), file -> at(file, "batches", "period").put("cid", "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e"));
        breaks(Set.of("period.anchor"), file -> at(file, "batches", "period", "anchor").put("key", "anchor/batch-other"));
        breaks(Set.of("movements"), file -> file.put("movements", List.of()));
        breaks(Set.of("period.anchor", "baseline.anchor", "network"), file -> at(file, "network", "contracts").put("anchors", TestProof.CREDITS));
        breaks(Set.of("issuance.event", "period.statement", "period.hours"), file -> at(file, "batches", "period").put("to", "2020-03-01T06:00:00Z"));
    }

    @Test
    void namesTheLinkWhenTheChainPartIsChanged() {
        for (var place : List.of(List.of("retirement", "retirement"), List.of("issuance", "issuance"), List.of("batches.period.anchor", "period"), List.of("batches.baseline.anchor", "baseline"))) {
            var path = place.get(0).split("\\.");
            var name = place.get(1);
            // Bytes of the header: parent hash (the seal breaks), receipts root (both break), the seal itself.
            breaks(Set.of(name + ".seal"), file -> hex(receipt(file, path), "header", 10));
            breaks(Set.of(name + ".seal", name + ".receipt"), file -> hex(receipt(file, path), "header", 3 + 33 + 33 + 21 + 33 + 33 + 5));
            breaks(Set.of(name + ".receipt"), file -> receipt(file, path).put("index", 129L));
            breaks(Set.of(name + ".receipt"), file -> hex(receipt(file, path), "receipt", 40));
            breaks(Set.of(name + ".receipt"), file -> last(receipt(file, path), "nodes"));
            var forged = file(TestProof.sealed());
            var other = TestChain.hex(TestChain.header(((BlockHeader) BlockHeader.parse(Fields.hex(receipt(forged, path).get("header"), ""))).receiptsRoot(), 77, TestChain.KEY.add(java.math.BigInteger.ONE)));
            breaks(Set.of(name + ".seal"), file -> receipt(file, path).put("header", other), Set.of("movements"));
        }
    }

    @Test
    void everyScalarOfTheFileIsBound() {
        // Each value changed, one at a time, with the digest left as it was: the digest link notices at least.
        var file = file(TestProof.sealed());
        int changes = everyScalar(file, () -> assertEquals(Link.State.BROKEN, checker.fileLink(CanonicalJson.bytes(file)).state()), digestOf(PROOF), file);
        assertTrue(changes > 250, "values changed: " + changes);
    }

    @Test
    void anHourTwiceIsFound() {
        var report = check(file -> {
            var hours = list(at(file, "batches", "period"), "hours");
            hours.set(1, hours.get(0));
        });
        assertTrue(names(report).containsAll(Set.of("period.hours", "period.root", "hours.once")), report.text());
        assertTrue(report.text().contains("is there twice"));
    }

    @Test
    void hostileFilesEndInAClearError() {
        for (int length = 0; length < PROOF.length; length += 997) {
            var report = checker.check(Arrays.copyOf(PROOF, length), Trust.OF_THE_FILE);
            assertEquals(List.of("file"), names(report).stream().toList());
            assertTrue(report.links().get(0).sentence().contains("character") || report.links().get(0).sentence().contains("UTF-8"), report.text());
        }
        for (var text : List.of("[]", "null", "7", "{}", "{\"type\":\"carbomt/proof/1\"}", "[".repeat(100_000), "{\"a\":".repeat(100_000), "{\"batches\":{\"period\":{\"hours\":[1,null,{}]}}}", "\"\\ud800\"", "{\"\\ud800\":1}")) {
            assertEquals(1, checker.check(text.getBytes(StandardCharsets.UTF_8), Trust.OF_THE_FILE).exitCode(), text.substring(0, Math.min(40, text.length())));
        }
    }

    @Test
    void aValueOfAnotherKindBreaksItsLinkAndNoMore() {
        var file = file(TestProof.sealed());
        everyScalar(file, () -> { }, null, file); // the walk itself leaves the file as it was
        for (var kind : new Object[] {null, "", Map.of()}) {
            for (var name : List.copyOf(file.keySet())) {
                var changed = file(TestProof.sealed());
                changed.put(name, kind);
                var report = checker.check(ProofChecker.finish(changed), Trust.OF_THE_FILE);
                assertTrue(report.broken() || name.equals("digest"), name + " = " + kind);
                assertEquals(33, report.links().size(), "all links are evaluated");
            }
        }
    }

    private interface Change {
        void to(Map<String, Object> file);
    }

    private void breaks(Set<String> expected, Change change) {
        breaks(expected, change, Set.of());
    }

    private void breaks(Set<String> expected, Change change, Set<String> alsoAllowed) {
        var report = check(change);
        var found = names(report);
        found.removeAll(alsoAllowed);
        // 'network' breaks only where the caller gives the contracts; it is listed where a change touches it.
        var wanted = new TreeSet<>(expected);
        wanted.remove("network");
        assertEquals(wanted, found, report.text());
    }

    private Report check(Change change) {
        var file = file(Map.copyOf(PARSED));
        change.to(file);
        return checker.check(ProofChecker.finish(file), Trust.OF_THE_FILE);
    }

    @SuppressWarnings("unchecked")
    private static final Map<String, Object> PARSED = (Map<String, Object>) StrictJson.parse(PROOF);

    private static Set<String> names(Report report) {
        return report.brokenLinks().stream().map(Link::name).collect(java.util.stream.Collectors.toCollection(TreeSet::new));
    }

    private static Object digestOf(byte[] proof) {
        return ((Map<?, ?>) StrictJson.parse(proof)).get("digest");
    }

    /** A deep copy that may be changed. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> file(Map<String, Object> file) {
        return (Map<String, Object>) StrictJson.parse(CanonicalJson.bytes(file));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> at(Map<String, Object> file, Object... path) {
        Object here = file;
        for (var step : path) here = step instanceof Integer i ? ((List<Object>) here).get(i) : ((Map<String, Object>) here).get(step);
        return (Map<String, Object>) here;
    }

    private static Map<String, Object> receipt(Map<String, Object> file, String... path) {
        return at(at(file, (Object[]) path), "receipt");
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Map<String, Object> object, String name) {
        return (List<Object>) object.get(name);
    }

    private static void last(Map<String, Object> object, String name) {
        list(object, name).remove(list(object, name).size() - 1);
    }

    private static void hex(Map<String, Object> object, String name, int position) {
        var bytes = Fields.hex(object.get(name), name);
        bytes[position] ^= 1;
        object.put(name, TestChain.hex(bytes));
    }

    private static void change(Map<String, Object> object, String name, java.util.function.Consumer<byte[]> change) {
        var bytes = Base64.getDecoder().decode((String) object.get(name));
        change.accept(bytes);
        object.put(name, Base64.getEncoder().encodeToString(bytes));
    }

    /** Changes every text, number and null below, asks, and puts it back. */
    @SuppressWarnings("unchecked")
    private int everyScalar(Object here, Runnable ask, Object digest, Map<String, Object> file) {
        int changes = 0;
        if (digest != null) file.put("digest", digest);
        var keys = here instanceof Map ? new ArrayList<Object>(((Map<String, Object>) here).keySet()) : new ArrayList<Object>(java.util.stream.IntStream.range(0, ((List<Object>) here).size()).boxed().toList());
        for (var key : keys) {
            var value = here instanceof Map ? ((Map<?, ?>) here).get(key) : ((List<?>) here).get((Integer) key);
            if (value instanceof Map || value instanceof List) {
                changes += everyScalar(value, ask, digest, file);
                continue;
            }
            put(here, key, value instanceof Long n ? (Object) (n + 1) : value instanceof String s ? s + "0" : "x");
            ask.run();
            put(here, key, value);
            changes++;
        }
        return changes;
    }

    @SuppressWarnings("unchecked")
    private static void put(Object here, Object key, Object value) {
        if (here instanceof Map) ((Map<String, Object>) here).put((String) key, value);
        else ((List<Object>) here).set((Integer) key, value);
    }
}
