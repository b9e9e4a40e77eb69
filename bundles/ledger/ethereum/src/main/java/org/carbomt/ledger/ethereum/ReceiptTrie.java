package org.carbomt.ledger.ethereum;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.ledger.Ledger.ReceiptProof;
import org.web3j.crypto.Hash;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.rlp.RlpType;
import org.web3j.utils.Numeric;

/**
 * The proof of a receipt up to its block header, made from what every node answers (eth_getBlockReceipts, eth_getBlockByHash): the Merkle Patricia trie of the yellow
 * paper, appendix D, over rlp(index) to receipt. What does not come to the root and the hash the node named is not handed out.
 */
final class ReceiptTrie {
    /** Header fields in the order of their RLP; those after the nonce are as young as their fork and only there when the node names them. */
    private static final List<String> HEADER = List.of("parentHash", "sha3Uncles", "miner", "stateRoot", "transactionsRoot", "receiptsRoot", "logsBloom", "difficulty", "number", "gasLimit", "gasUsed", "timestamp", "extraData", "mixHash", "nonce",
            "baseFeePerGas", "withdrawalsRoot", "blobGasUsed", "excessBlobGas", "parentBeaconBlockRoot", "requestsHash");
    private static final List<String> QUANTITIES = List.of("difficulty", "number", "gasLimit", "gasUsed", "timestamp", "baseFeePerGas", "blobGasUsed", "excessBlobGas");

    private ReceiptTrie() {}

    static ReceiptProof proof(Node node, String transaction) {
        var receipt = node.receipt(transaction).orElseThrow(() -> new CarboException.NotFound("transaction", transaction));
        var blockHash = receipt.get("blockHash").asText();
        var block = node.get("eth_getBlockByHash", blockHash, false);
        var header = header(block);
        if (!Hash.sha3(Numeric.toHexString(header)).equals(blockHash)) throw broken("block header", blockHash);
        var receipts = new TreeMap<Integer, JsonNode>();
        node.get("eth_getBlockReceipts", blockHash).forEach(r -> receipts.put(Node.number(r.get("transactionIndex")).intValueExact(), r));
        int index = Node.number(receipt.get("transactionIndex")).intValueExact();
        var leaves = new ArrayList<Leaf>();
        receipts.forEach((i, r) -> leaves.add(new Leaf(nibbles(RlpEncoder.encode(RlpString.create(BigInteger.valueOf(i)))), encoded(r))));
        var path = new ArrayList<String>();
        var root = node(leaves, 0, nibbles(RlpEncoder.encode(RlpString.create(BigInteger.valueOf(index)))), path);
        if (!Hash.sha3(Numeric.toHexString(RlpEncoder.encode(root))).equals(block.get("receiptsRoot").asText())) throw broken("receipts root", block.get("receiptsRoot").asText());
        return new ReceiptProof(Numeric.toHexString(header), Numeric.toHexString(encoded(receipts.get(index))), index, path);
    }

    private static CarboException broken(String what, String value) {
        return new CarboException.Unavailable(new Problem("ledger.proof-impossible", what, value, "a node whose blocks have the hash of their RLP"));
    }

    private static byte[] header(JsonNode block) {
        var fields = new ArrayList<RlpType>();
        for (var name : HEADER) {
            var value = block.get(name);
            if (value == null || value.isNull()) continue;
            fields.add(QUANTITIES.contains(name) ? RlpString.create(Node.number(value)) : RlpString.create(Numeric.hexStringToByteArray(value.asText())));
        }
        return RlpEncoder.encode(new RlpList(fields));
    }

    /** As in the trie (EIP-2718): type byte where it is not 0, then status, gas, bloom, logs. */
    private static byte[] encoded(JsonNode r) {
        var logs = new ArrayList<RlpType>();
        for (var log : r.get("logs")) {
            var topics = new ArrayList<RlpType>();
            log.get("topics").forEach(t -> topics.add(bytes(t)));
            logs.add(new RlpList(bytes(log.get("address")), new RlpList(topics), bytes(log.get("data"))));
        }
        var list = RlpEncoder.encode(new RlpList(RlpString.create(Node.number(r.get("status"))), RlpString.create(Node.number(r.get("cumulativeGasUsed"))), bytes(r.get("logsBloom")), new RlpList(logs)));
        int type = r.has("type") ? Node.number(r.get("type")).intValue() : 0;
        if (type == 0) return list;
        var typed = new byte[list.length + 1];
        typed[0] = (byte) type;
        System.arraycopy(list, 0, typed, 1, list.length);
        return typed;
    }

    private static RlpString bytes(JsonNode hex) {
        return RlpString.create(Numeric.hexStringToByteArray(hex.asText()));
    }

    private record Leaf(byte[] path, byte[] value) {}

    /** The node over these leaves from that depth; adds the RLP of the nodes along the wanted path, root first. */
    private static RlpList node(List<Leaf> leaves, int depth, byte[] wanted, List<String> path) {
        int slot = wanted == null ? -1 : path.size();
        if (wanted != null) path.add("");
        RlpList made;
        if (leaves.size() == 1) {
            var leaf = leaves.get(0);
            made = new RlpList(RlpString.create(compact(Arrays.copyOfRange(leaf.path, depth, leaf.path.length), true)), RlpString.create(leaf.value));
        } else {
            int shared = shared(leaves, depth);
            if (shared > 0) {
                var child = node(leaves, depth + shared, wanted, path);
                made = new RlpList(RlpString.create(compact(Arrays.copyOfRange(leaves.get(0).path, depth, depth + shared), false)), reference(child));
            } else {
                made = branch(leaves, depth, wanted, path);
            }
        }
        if (wanted != null) path.set(slot, Numeric.toHexString(RlpEncoder.encode(made)));
        return made;
    }

    private static RlpList branch(List<Leaf> leaves, int depth, byte[] wanted, List<String> path) {
        var items = new ArrayList<RlpType>();
        for (int n = 0; n < 16; n++) {
            int nibble = n;
            var below = leaves.stream().filter(l -> l.path.length > depth && l.path[depth] == nibble).toList();
            if (below.isEmpty()) {
                items.add(RlpString.create(new byte[0]));
                continue;
            }
            boolean on = wanted != null && wanted.length > depth && wanted[depth] == nibble;
            var child = node(below, depth + 1, on ? wanted : null, on ? path : null);
            // A child shorter than a hash stands in its parent and is no entry of the proof; receipts are never that short.
            items.add(reference(child));
        }
        items.add(RlpString.create(leaves.stream().filter(l -> l.path.length == depth).findFirst().map(Leaf::value).orElse(new byte[0])));
        return new RlpList(items);
    }

    private static RlpType reference(RlpList child) {
        var encoded = RlpEncoder.encode(child);
        return encoded.length < 32 ? child : RlpString.create(Hash.sha3(encoded));
    }

    private static int shared(List<Leaf> leaves, int depth) {
        var first = leaves.get(0).path;
        int length = 0;
        while (depth + length < first.length) {
            int at = depth + length;
            for (var leaf : leaves) {
                if (leaf.path.length <= at || leaf.path[at] != first[at]) return length;
            }
            length++;
        }
        return length;
    }

    private static byte[] nibbles(byte[] bytes) {
        var out = new byte[bytes.length * 2];
        for (int i = 0; i < bytes.length; i++) {
            out[2 * i] = (byte) (bytes[i] >> 4 & 15);
            out[2 * i + 1] = (byte) (bytes[i] & 15);
        }
        return out;
    }

    /** Hex prefix, yellow paper appendix C. */
    private static byte[] compact(byte[] nibbles, boolean leaf) {
        boolean odd = nibbles.length % 2 == 1;
        var out = new byte[nibbles.length / 2 + 1];
        out[0] = (byte) ((leaf ? 2 : 0) + (odd ? 1 : 0) << 4 | (odd ? nibbles[0] : 0));
        for (int i = odd ? 1 : 0, o = 1; i < nibbles.length; i += 2, o++) out[o] = (byte) (nibbles[i] << 4 | nibbles[i + 1]);
        return out;
    }
}
