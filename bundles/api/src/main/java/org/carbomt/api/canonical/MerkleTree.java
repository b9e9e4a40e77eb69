package org.carbomt.api.canonical;

import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree of RFC 6962, section 2.1: leaf = SHA-256(0x00 ‖ data), node = SHA-256(0x01 ‖ left ‖ right), split at the largest power of
 * two below n. Leaves are kept as hashes. Immutable.
 */
public final class MerkleTree {
    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};
    private final List<Hash> leaves;

    /** @param leaves leaf hashes in order, see {@link #leaf} */
    public MerkleTree(List<Hash> leaves) {
        this.leaves = List.copyOf(leaves);
    }

    public static Hash leaf(byte[] data) {
        return Hash.sha256(LEAF, data);
    }

    /** The tree's root; of no leaves, the SHA-256 of nothing. */
    public Hash root() {
        return leaves.isEmpty() ? Hash.sha256() : root(0, leaves.size());
    }

    public int size() {
        return leaves.size();
    }

    /** The audit path of leaf i, from the leaf upwards (RFC 6962, 2.1.1). */
    public List<Hash> inclusionProof(int i) {
        if (i < 0 || i >= leaves.size()) throw new IllegalArgumentException("leaf index " + i + " of " + leaves.size());
        var path = new ArrayList<Hash>();
        path(i, 0, leaves.size(), path);
        return List.copyOf(path);
    }

    /** Whether the path leads from this leaf at index i of n to the root. */
    public static boolean verify(Hash leaf, int i, int n, List<Hash> path, Hash root) {
        if (i < 0 || i >= n) return false;
        int fn = i;
        int sn = n - 1;
        var hash = leaf;
        for (var sibling : path) {
            if (sn == 0) return false;
            if ((fn & 1) == 1 || fn == sn) {
                hash = node(sibling, hash);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                hash = node(hash, sibling);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && hash.equals(root);
    }

    private static Hash node(Hash left, Hash right) {
        return Hash.sha256(NODE, left.bytes(), right.bytes());
    }

    private Hash root(int from, int to) {
        if (to - from == 1) return leaves.get(from);
        int split = from + split(to - from);
        return node(root(from, split), root(split, to));
    }

    private void path(int i, int from, int to, List<Hash> out) {
        if (to - from == 1) return;
        int split = from + split(to - from);
        if (i < split) {
            path(i, from, split, out);
            out.add(root(split, to));
        } else {
            path(i, split, to, out);
            out.add(root(from, split));
        }
    }

    private static int split(int n) {
        return Integer.highestOneBit(n - 1);
    }
}
