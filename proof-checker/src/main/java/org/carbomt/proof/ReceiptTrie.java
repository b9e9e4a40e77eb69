package org.carbomt.proof;

import java.util.Arrays;
import java.util.List;

/** Proof that a receipt stands in a block: a path through the Merkle Patricia trie (Yellow Paper, appendix D) from its receipts root to it. */
final class ReceiptTrie {
    private ReceiptTrie() {}

    /**
     * Breaks unless the nodes lead from the root to exactly this value at that index, with none left over.
     *
     * @param nodes RLP of the nodes whose hash is named, from the root down
     */
    static void prove(byte[] root, int index, byte[] value, List<byte[]> nodes) {
        var path = nibbles(Rlp.encode(Rlp.integer(index)));
        int used = 0;
        int step = 0;
        Object reference = root;
        while (true) {
            List<Object> node;
            if (reference instanceof byte[] hash) {
                Broken.unless(hash.length == 32, "the trie ends at step %d: there is no receipt %d", step, index);
                Broken.unless(used < nodes.size(), "the trie's node %d is not in the file", used);
                var bytes = nodes.get(used++);
                Broken.unless(Arrays.equals(Keccak256.hash(bytes), hash), used == 1
                        ? "the first trie node does not have the receipts root of the block header" : "trie node %2$d does not have the hash that node %1$d names", used - 1, used);
                node = Rlp.list(Rlp.decode(bytes), "trie node");
            } else {
                node = Rlp.list(reference, "trie node");
            }
            Object found = null;
            if (node.size() == 17) {
                if (step == path.length) found = node.get(16);
                else reference = node.get(path[step++]);
            } else {
                Broken.unless(node.size() == 2, "a trie node has %d items, expected 2 or 17", node.size());
                var key = Rlp.bytes(node.get(0), "key of a trie node");
                Broken.unless(key.length > 0, "a trie node has an empty key");
                int flag = key[0] >> 4 & 0xf;
                Broken.unless(flag < 4, "a trie node has the flag %d", flag);
                var part = nibbles(key);
                part = Arrays.copyOfRange(part, (flag & 1) == 1 ? 1 : 2, part.length);
                Broken.unless(step + part.length <= path.length && Arrays.equals(part, Arrays.copyOfRange(path, step, step + part.length)),
                        "the trie leads to another receipt than %d", index);
                step += part.length;
                if (flag >= 2) {
                    Broken.unless(step == path.length, "the trie ends before receipt %d", index);
                    found = node.get(1);
                } else {
                    reference = node.get(1);
                }
            }
            if (found != null) {
                Broken.unless(Arrays.equals(Rlp.bytes(found, "the trie's value"), value), "the trie holds another receipt at index %d", index);
                Broken.unless(used == nodes.size(), "%d trie nodes are left over", nodes.size() - used);
                return;
            }
        }
    }

    private static int[] nibbles(byte[] bytes) {
        var out = new int[2 * bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            out[2 * i] = bytes[i] >> 4 & 0xf;
            out[2 * i + 1] = bytes[i] & 0xf;
        }
        return out;
    }
}
