package org.carbomt.ledger.embeddedchain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The root of the Merkle-Patricia trie of a block's transactions or receipts: key RLP(index), value as given.
 */
final class MerkleTrie {
    static final byte[] EMPTY_ROOT = Keccak256.hash(new byte[] {(byte) 0x80});

    private record Entry(byte[] path, byte[] value) {}

    private MerkleTrie() {}

    static byte[] root(List<byte[]> values) {
        return values.isEmpty() ? EMPTY_ROOT : Keccak256.hash(node(entries(values), 0));
    }

    private static List<Entry> entries(List<byte[]> values) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) entries.add(new Entry(nibbles(Rlp.encode((long) i)), values.get(i)));
        entries.sort(Comparator.comparing(Entry::path, Arrays::compare));
        return entries;
    }

    /** RLP of the node over these sorted entries from that nibble on. */
    private static byte[] node(List<Entry> entries, int depth) {
        byte[] first = entries.get(0).path();
        if (entries.size() == 1) return Rlp.list(compact(first, depth, first.length, true), entries.get(0).value());
        int shared = depth;
        byte[] last = entries.get(entries.size() - 1).path();
        while (shared < first.length && shared < last.length && first[shared] == last[shared]) shared++;
        return shared > depth ? Rlp.list(compact(first, depth, shared, false), reference(node(entries, shared))) : branch(entries, depth);
    }

    private static byte[] branch(List<Entry> entries, int depth) {
        Object[] slots = new Object[17];
        Arrays.fill(slots, new byte[0]);
        int from = 0;
        if (entries.get(0).path().length == depth) slots[16] = entries.get(from++).value();
        while (from < entries.size()) {
            int nibble = entries.get(from).path()[depth];
            int to = from;
            while (to < entries.size() && entries.get(to).path()[depth] == nibble) to++;
            slots[nibble] = reference(node(entries.subList(from, to), depth + 1));
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
