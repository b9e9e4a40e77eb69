package org.carbomt.proof;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carbomt.api.canonical.CanonicalJson;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.canonical.MerkleTree;
import org.carbomt.api.emission.HourlyRecord;

/** One batch of verified hours: its anchor, its tree, the verifier's word. */
final class BatchLinks {
    /** Order of the curve P-256: its keys and no others are the verifiers' (FIPS 186-4, D.1.2.3). */
    private static final String P256_ORDER = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

    private final String name;
    private final Fields file;
    private final String anchors;
    private final Optional<String> validator;

    /** @param name {@code period} or {@code baseline} */
    BatchLinks(String name, Fields file, String anchors, Optional<String> validator) {
        this.name = name;
        this.file = file;
        this.anchors = anchors;
        this.validator = validator;
    }

    void check(Links links) {
        links.check(name + ".receipt", () -> receipt().inBlock());
        links.check(name + ".seal", () -> receipt().sealed(validator));
        links.check(name + ".anchor", this::anchored);
        links.check(name + ".hours", this::hoursWellFormed);
        links.check(name + ".root", this::root);
        links.check(name + ".statement", this::statement);
        links.check(name + ".signature", this::signature);
        links.check(name + ".verifier", this::verifier);
    }

    Fields batch() {
        return file.object("batches").object(name);
    }

    List<Fields> hourFields() {
        var list = batch().list("hours");
        var out = new ArrayList<Fields>(list.size());
        for (int i = 0; i < list.size(); i++) out.add(Fields.of(list.get(i), batch().place("hours[" + i + "]")));
        return out;
    }

    List<HourlyRecord> hours() {
        return hourFields().stream().map(h -> HourRecords.hour(h.object("record"))).toList();
    }

    private ChainReceipt receipt() {
        return new ChainReceipt(batch().object("anchor").object("receipt"));
    }

    private String anchored() {
        var root = batch().hash("root");
        var event = ChainReceipt.one(Events.anchored(receipt().logs(), anchors), e -> e.root().equals(root.hex()), "RootAnchored of the root " + root + " by the registry of anchors");
        var key = batch().object("anchor").text("key");
        Broken.unless(event.key().equals(Events.key(key)), "the anchored key is not the hash of \"%s\"", key);
        Broken.unless(event.leaves() == hourFields().size(), "anchored were %d hours, the file has %d", event.leaves(), hourFields().size());
        Broken.unless(event.cid().equals(batch().text("cid")), "the anchored evidence is %s, the file says %s", event.cid(), batch().text("cid"));
        return "the root of %d hours is anchored".formatted(event.leaves());
    }

    private String hoursWellFormed() {
        var from = batch().instant("from");
        var to = batch().instant("to");
        var source = batch().text("sourceId");
        var hours = hours();
        Instant next = from;
        for (var hour : hours) {
            Broken.unless(hour.sourceId().equals(source), "hour %s is of another source than %s", hour.id(), source);
            Broken.unless(hour.hourStart().equals(next), hour.hourStart().isBefore(next) ? "hour %1$s is there twice or out of order" : "hour %2$s is not there; after it comes %1$s", hour.id(), next);
            next = next.plus(Duration.ofHours(1));
        }
        Broken.unless(next.equals(to), "the hours end at %s, the period at %s", next, to);
        return "%d hours of %s from %s to %s, each once".formatted(hours.size(), source, from, to);
    }

    private String root() {
        var leaves = hourFields().stream().map(h -> HourRecords.leaf(h.object("record"))).toList();
        var root = new MerkleTree(leaves).root();
        Broken.unless(root.equals(batch().hash("root")), "the %d hourly records have the root %s, anchored is %s", leaves.size(), root, batch().hash("root"));
        return "the %d hourly records have the anchored root".formatted(leaves.size());
    }

    private String statement() {
        var text = batch().object("signature").text("statement");
        var said = Fields.of(StrictJson.parse(text.getBytes(StandardCharsets.UTF_8)), batch().place("signature.statement"));
        Broken.unless(CanonicalJson.text(said.values()).equals(text), "the signed statement is not canonical JSON");
        Broken.unless(said.hash("hoursRoot").equals(batch().hash("root")), "the verifier signed the root %s, not %s", said.hash("hoursRoot"), batch().hash("root"));
        same(said, "case", batch().text("caseId"));
        same(said, "source", batch().text("sourceId"));
        same(said, "verifier", batch().object("signature").text("verifierId"));
        same(said, "verdict", "ACCEPT");
        same(said, "from", batch().text("from"));
        same(said, "to", batch().text("to"));
        Broken.unless(said.integer("hours") == hourFields().size(), "the verifier signed %d hours, the file has %d", said.integer("hours"), hourFields().size());
        return "the verifier accepts these %d hours under this root".formatted(said.integer("hours"));
    }

    private static void same(Fields said, String name, String expected) {
        Broken.unless(said.text(name).equals(expected), "the signed %s is %s, expected %s", name, said.text(name), expected);
    }

    private String signature() {
        var given = batch().object("signature");
        try {
            var key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(given.base64("publicKey")));
            Broken.unless(key instanceof ECPublicKey ec && ec.getParams().getOrder().toString(16).equals(P256_ORDER), "the verifier's key is no P-256 key");
            var ecdsa = Signature.getInstance("SHA256withECDSA");
            ecdsa.initVerify(key);
            ecdsa.update(given.text("statement").getBytes(StandardCharsets.UTF_8));
            Broken.unless(ecdsa.verify(given.base64("signature")), "the signature is not that of the verifier's key over the statement");
        } catch (GeneralSecurityException e) {
            throw new Broken("key or signature of the verifier cannot be read: " + e.getMessage());
        }
        return "signed with the key of %s, SHA-256 %s…".formatted(given.text("verifierId"), keyDigest().substring(0, 16));
    }

    /** SHA-256 of the verifier's public key, hexadecimal. */
    String keyDigest() {
        return Hash.sha256(batch().object("signature").base64("publicKey")).hex();
    }

    private String verifier() {
        var verifier = batch().object("signature").text("verifierId");
        var operator = file.object("source").text("operatorId");
        var opener = batch().text("openedBy");
        Broken.unless(!verifier.equals(operator) && !verifier.equals(opener), "the verifier %s is of the operator's side (operator %s, case opened by %s)", verifier, operator, opener);
        return "the verifier %s is neither the operator %s nor %s, who opened the case".formatted(verifier, operator, opener);
    }
}
