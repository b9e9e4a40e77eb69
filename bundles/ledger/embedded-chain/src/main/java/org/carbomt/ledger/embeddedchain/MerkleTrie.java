package org.carbomt.ledger.embeddedchain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The Merkle-Patricia trie of a block's transactions or receipts: key RLP(index), value as given. Builds the root and the proof of one entry
 * (the RLP of each node on the way from the root; a node under 32 bytes stands inside its parent and is not listed, as in eth_getProof).
 */
final class MerkleTrie {
    static final byte[] EMPTY_ROOT = Keccak256.hash(new byte[] {(byte) 0x80});

    private record Entry(byte[] path, byte[] value) {}

    private MerkleTrie() {}

    static byte[] root(List<byte[]> values) {
        return values.isEmpty() ? EMPTY_ROOT : Keccak256.hash(node(entries(values), 0, null, new ArrayList<>()));
    }

    static List<byte[]> proof(List<byte[]> values, int index) {
        if (index < 0 || index >= values.size()) throw new IllegalArgumentException("index " + index + " must be under " + values.size());
        List<byte[]> nodes = new ArrayList<>();
        byte[] root = node(entries(values), 0, nibbles(Rlp.encode((long) index)), nodes);
        if (root.length < 32) nodes.add(root);
        List<byte[]> fromRoot = new ArrayList<>(nodes);
        java.util.Collections.reverse(fromRoot);
        return fromRoot;
    }

    private static List<Entry> entries(List<byte[]> values) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) entries.add(new Entry(nibbles(Rlp.encode((long) i)), values.get(i)));
        entries.sort(Comparator.comparing(Entry::path, Arrays::compare));
        return entries;
    }

    /** RLP of the node over these sorted entries from that nibble on; adds it, leaf first, to nodes when the wanted path leads through it. */
    private static byte[] node(List<Entry> entries, int depth, byte[] wanted, List<byte[]> nodes) {
        byte[] first = entries.get(0).path();
        byte[] rlp;
        if (entries.size() == 1) {
            rlp = Rlp.list(compact(first, depth, first.length, true), entries.get(0).value());
        } else {
            int shared = depth;
            byte[] last = entries.get(entries.size() - 1).path();
            while (shared < first.length && shared < last.length && first[shared] == last[shared]) shared++;
            if (shared > depth) {
                rlp = Rlp.list(compact(first, depth, shared, false), reference(node(entries, shared, wanted, nodes)));
            } else {
                rlp = branch(entries, depth, wanted, nodes);
            }
        }
        boolean onPath = wanted != null && Arrays.equals(wanted, 0, Math.min(depth, wanted.length), first, 0, Math.min(depth, wanted.length));
        if (onPath && rlp.length >= 32) nodes.add(rlp);
        return rlp;
    }

    private static byte[] branch(List<Entry> entries, int depth, byte[] wanted, List<byte[]> nodes) {
        Object[] slots = new Object[17];
        Arrays.fill(slots, new byte[0]);
        int from = 0;
        if (entries.get(0).path().length == depth) slots[16] = entries.get(from++).value();
        while (from < entries.size()) {
            int nibble = entries.get(from).path()[depth];
            int to = from;
            while (to < entries.size() && entries.get(to).path()[depth] == nibble) to++;
            slots[nibble] = reference(node(entries.subList(from, to), depth + 1, wanted, nodes));
            from = to;
        }
        return Rlp.list(slots);
    }

    private static Object reference(byte[] rlp) {
        return rlp.length < 32 ? new Rlp.Raw(rlp) : Keccak256.hash(rlp);
    }

    private static byte[] nibbles(byte[] key) {
        byte[] nibbles = new byte[key.length * 2];
        for (int i = 0; i < key.length; i++) {
            nibbles[2 * i] = (byte) (key[i] >> 4 & 15);
            nibbles[2 * i + 1] = (byte) (key[i] & 15);
        }
        return nibbles;
    }

    /** Hex prefix encoding (Yellow Paper, appendix C). */
    private static byte[] compact(byte[] nibbles, int from, int to, boolean leaf) {
        int length = to - from;
        boolean odd = length % 2 == 1;
        byte[] out = new byte[length / 2 + 1];
        out[0] = (byte) ((leaf ? 0x20 : 0) | (odd ? 0x10 | nibbles[from] : 0));
        for (int i = odd ? from + 1 : from, at = 1; i < to; i += 2, at++) out[at] = (byte) (nibbles[i] << 4 | nibbles[i + 1]);
        return out;
    }
}
