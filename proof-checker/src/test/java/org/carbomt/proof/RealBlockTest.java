package org.carbomt.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A block that another implementation made (see PROVENANCE.md): its hash, its receipts root and the way to each of its receipts. */
class RealBlockTest {
    private final Fields block = Fields.of(StrictJson.parse(resource()), "block");
    private final BlockHeader header = BlockHeader.parse(Rlp.encode(block.list("header").stream().map(f -> (Object) Fields.hex(f, "header")).toList()));
    private final List<byte[]> receipts = block.list("receipts").stream().map(r -> receipt(Fields.of(r, "receipt"))).toList();

    @Test
    void theHeaderHasTheHashItsMakerSays() {
        assertEquals(block.text("hash"), header.hash());
        assertEquals(1, header.number());
        assertTrue(header.signer().isEmpty(), "anvil seals nothing");
    }

    @Test
    void everyReceiptIsProvedAndNoOther() {
        assertEquals(150, receipts.size());
        for (int i = 0; i < receipts.size(); i++) {
            int index = i;
            var nodes = new ArrayList<byte[]>();
            for (var node : (List<?>) new TestChain().block(receipts, i, null).get("nodes")) nodes.add(Fields.hex(node, "node"));
            ReceiptTrie.prove(header.receiptsRoot(), i, receipts.get(i), nodes);
            assertThrows(Broken.class, () -> ReceiptTrie.prove(header.receiptsRoot(), index, receipts.get((index + 1) % 150), nodes));
            assertThrows(Broken.class, () -> ReceiptTrie.prove(header.receiptsRoot(), (index + 1) % 150, receipts.get(index), nodes));
            assertThrows(Broken.class, () -> ReceiptTrie.prove(header.receiptsRoot(), index, receipts.get(index), nodes.subList(0, nodes.size() - 1)));
        }
    }

    @Test
    void readsTheLogsOfTheReceipts() {
        assertEquals(50, receipts.stream().mapToInt(r -> Events.logs(r).size()).sum());
    }

    static byte[] receipt(Fields receipt) {
        var logs = new ArrayList<Object>();
        for (var item : receipt.list("logs")) {
            var log = Fields.of(item, "log");
            logs.add(List.of(log.hex("address"), log.list("topics").stream().map(t -> (Object) Fields.hex(t, "topic")).toList(), log.hex("data")));
        }
        var body = Rlp.encode(List.of(receipt.hex("status"), receipt.hex("gas"), receipt.hex("bloom"), logs));
        long type = receipt.integer("type");
        return type == 0 ? body : TestChain.concat(new byte[] {(byte) type}, body);
    }

    private static byte[] resource() {
        try (var in = RealBlockTest.class.getResourceAsStream("/anvil-block.json")) {
            return in.readAllBytes();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
