package org.carbomt.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.carbomt.api.canonical.CanonicalJson;

/** Checks proof files of form {@link #TYPE}. Immutable, thread safe; needs neither network nor clock. */
public final class ProofChecker {
    public static final String TYPE = "carbomt/proof/1";
    private final Calculators calculators;

    public ProofChecker(Calculators calculators) {
        this.calculators = calculators;
    }

    /** Checks every link; a broken one does not keep the others from being evaluated. Throws nothing for bad files. */
    public Report check(byte[] bytes, Trust trust) {
        var links = new Links();
        Map<?, ?> parsed;
        try {
            parsed = Fields.of(StrictJson.parse(bytes), "the file").values();
        } catch (Broken e) {
            links.check("file", () -> {
                throw e;
            });
            return new Report(links.all(), "", List.of("nothing: the file could not be read"));
        }
        var file = new Fields(parsed, "");
        links.check("file", () -> canonical(file, bytes));
        links.check("network", () -> network(file, trust));
        var validator = trust.validator().or(() -> validator(file));
        var period = new BatchLinks("period", file, contract(file, "anchors", trust.anchorsContract()), validator);
        var baseline = new BatchLinks("baseline", file, contract(file, "anchors", trust.anchorsContract()), validator);
        new CreditLinks(file, contract(file, "credits", trust.creditsContract()), validator, period, baseline, calculators).check(links);
        period.check(links);
        new ReadingLinks("period", file, period, calculators).check(links);
        baseline.check(links);
        new ReadingLinks("baseline", file, baseline, calculators).check(links);
        links.check("hours.once", () -> once(period, baseline));
        return new Report(links.all(), subject(file), trusted(file, trust, validator, List.of(period, baseline)));
    }

    /** The file with the member {@code digest} that {@link #check} asks for: canonical bytes, ready to be stored. */
    public static byte[] finish(Map<String, Object> file) {
        var map = new LinkedHashMap<String, Object>(file);
        map.remove("digest");
        map.put("digest", CanonicalJson.hash(map).hex());
        return CanonicalJson.bytes(map);
    }

    /** The first link alone: that not a byte was changed since the file was written. */
    Link fileLink(byte[] bytes) {
        var links = new Links();
        links.check("file", () -> canonical(new Fields(Fields.of(StrictJson.parse(bytes), "the file").values(), ""), bytes));
        return links.all().get(0);
    }

    private static String canonical(Fields file, byte[] bytes) {
        Broken.unless(file.text("type").equals(TYPE), "type is %s, this program checks %s", file.text("type"), TYPE);
        Broken.unless(Arrays.equals(CanonicalJson.bytes(file.values()), bytes), "the file is not in canonical form (RFC 8785): it was written or changed by something else");
        var rest = new LinkedHashMap<Object, Object>(file.values());
        rest.remove("digest");
        var digest = CanonicalJson.hash(rest);
        Broken.unless(digest.equals(file.hash("digest")), "the file has the digest %s and says %s: it was changed", digest, file.hash("digest"));
        return "canonical JSON of %d bytes, digest %s…".formatted(bytes.length, digest.hex().substring(0, 16));
    }

    private static String network(Fields file, Trust trust) {
        var network = file.object("network");
        long chain = network.integer("chainId");
        Broken.unless(chain > 0, "network.chainId is %d", chain);
        var validator = validator(file);
        agree("validator", trust.validator(), validator);
        agree("credits contract", trust.creditsContract(), Optional.of(network.object("contracts").address("credits")));
        agree("anchors contract", trust.anchorsContract(), Optional.of(network.object("contracts").address("anchors")));
        return "chain %d, %s".formatted(chain, validator.map(v -> "validator " + v).orElse("which names no validator"));
    }

    private static void agree(String what, Optional<String> given, Optional<String> inFile) {
        given.ifPresent(g -> Broken.unless(inFile.equals(given), "you gave the %s %s, the file names %s", what, g, inFile.orElse("none")));
    }

    /** Empty when the chain has no validator that signs headers. */
    private static Optional<String> validator(Fields file) {
        var text = quietly(() -> file.object("network").text("validator")).orElse("");
        if (text.isEmpty() || text.matches("0x0{40}")) return Optional.empty();
        return Optional.of(text.toLowerCase(java.util.Locale.ROOT));
    }

    private static String contract(Fields file, String name, Optional<String> given) {
        return given.or(() -> quietly(() -> file.object("network").object("contracts").address(name))).orElse("none");
    }

    private static String once(BatchLinks period, BatchLinks baseline) {
        var seen = new HashSet<String>();
        for (var batch : List.of(period, baseline)) {
            for (var hour : batch.hours()) Broken.unless(seen.add(hour.sourceId() + " " + hour.hourStart()), "hour %s is there twice", hour.id());
        }
        return "none of the %d hours is there twice".formatted(seen.size());
    }

    private static String subject(Fields file) {
        return quietly(() -> "Retirement %s: %d t CO2, serial %s, for %s".formatted(file.object("retirement").text("id"), file.object("retirement").integer("tonnes"), file.object("retirement").text("serial"),
                file.object("retirement").text("beneficiary"))).orElse("");
    }

    private static List<String> trusted(Fields file, Trust trust, Optional<String> validator, List<BatchLinks> batches) {
        var out = new ArrayList<String>();
        out.add(validator.map(v -> "that the validator " + v + " seals the blocks of this chain honestly" + source(trust.validator())).orElse("nothing about the blocks: compare their hashes with a node you trust"));
        quietly(() -> file.object("network").integer("chainId")).ifPresent(id -> out.add("that this is the chain " + id + ": a block header does not carry the chain id"));
        out.add("that the registry's contracts are credits " + contract(file, "credits", trust.creditsContract()) + source(trust.creditsContract()) + " and anchors "
                + contract(file, "anchors", trust.anchorsContract()) + source(trust.anchorsContract()));
        for (var batch : batches) {
            quietly(() -> "that the key with SHA-256 " + batch.keyDigest() + " is that of the verifier " + batch.batch().object("signature").text("verifierId")).filter(line -> !out.contains(line)).ifPresent(out::add);
        }
        out.add("that the source is defined as the file says (operator, inputs, parameters), and that what the devices sent was true: this check begins at what the journal received");
        return out;
    }

    private static String source(Optional<String> given) {
        return given.isPresent() ? " (as you gave it)" : " (named by the file alone: compare it with what the registry publishes)";
    }

    private static <T> Optional<T> quietly(Supplier<T> value) {
        try {
            return Optional.of(value.get());
        } catch (Broken e) {
            return Optional.empty(); // the link that needs it says so
        }
    }
}
