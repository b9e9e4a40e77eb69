package org.carbomt.proof;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A receipt with its way up to a sealed block header: {@code {header, receipt, index, nodes}}, all hexadecimal with 0x. */
record ChainReceipt(Fields fields) {
    private static final int MAX_INDEX = 1 << 20;

    /** Two links: the receipt stands in the block, and the validator sealed the block. */
    void check(Links links, String name, Optional<String> validator) {
        links.check(name + ".receipt", this::inBlock);
        links.check(name + ".seal", () -> sealed(validator));
    }

    String inBlock() {
        var header = header();
        ReceiptTrie.prove(header.receiptsRoot(), index(), fields.hex("receipt"), nodes());
        return "receipt %d stands in block %d of %s".formatted(index(), header.number(), Instant.ofEpochSecond(header.time()));
    }

    String sealed(Optional<String> validator) {
        var header = header();
        if (validator.isEmpty()) {
            throw new Links.Unprovable("the chain names no validator whose seal could be checked; compare with a node you trust: block %d has the hash %s".formatted(header.number(), header.hash()));
        }
        var signer = header.signer().orElseThrow(() -> new Broken("block %d carries no seal; its hash is %s".formatted(header.number(), header.hash())));
        Broken.unless(signer.equals(validator.get()), "block %d is sealed by %s, not by the validator %s", header.number(), signer, validator.get());
        return "block %d is sealed by the validator".formatted(header.number());
    }

    List<Events.Log> logs() {
        return Events.logs(fields.hex("receipt"));
    }

    BlockHeader header() {
        return BlockHeader.parse(fields.hex("header"));
    }

    int index() {
        long index = fields.integer("index");
        Broken.unless(index >= 0 && index < MAX_INDEX, "%s is %d", fields.place("index"), index);
        return (int) index;
    }

    private List<byte[]> nodes() {
        var nodes = new ArrayList<byte[]>();
        for (var node : fields.list("nodes")) nodes.add(Fields.hex(node, fields.place("nodes")));
        return nodes;
    }

    /** The only event of its kind that satisfies the test; more than one would leave it open which is meant. */
    static <T> T one(List<T> events, java.util.function.Predicate<T> wanted, String what) {
        var found = events.stream().filter(wanted).toList();
        Broken.unless(found.size() == 1, "the receipt has %d events %s, expected 1", found.size(), what);
        return found.get(0);
    }
}
