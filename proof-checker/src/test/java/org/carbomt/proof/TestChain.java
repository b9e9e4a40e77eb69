package org.carbomt.proof;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A chain of blocks with receipts, sealed as the embedded chain seals them: small, but with a real trie and real signatures. */
final class TestChain {
    static final BigInteger KEY = new BigInteger("4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318", 16);
    static final String VALIDATOR = Secp256k1.address(Secp256k1.multiply(Secp256k1.G, KEY));
    private long number = 40;

    /** A block with the receipts; the proof of the one at that index. Sealed with the key, or without seal when it is null. */
    Map<String, Object> block(List<byte[]> receipts, int index, BigInteger key) {
        var values = new TreeMap<String, byte[]>();
        for (int i = 0; i < receipts.size(); i++) values.put(nibbles(Rlp.encode(Rlp.integer(i))), receipts.get(i));
        var root = node(values, 0);
        var nodes = new ArrayList<Object>();
        path(root, nibbles(Rlp.encode(Rlp.integer(index))), nodes, true);
        var out = new LinkedHashMap<String, Object>();
        out.put("header", hex(header(Keccak256.hash(Rlp.encode(root)), ++number, key)));
        out.put("receipt", hex(receipts.get(index)));
        out.put("index", (long) index);
        out.put("nodes", nodes);
        return out;
    }

    /** A typed receipt (EIP-1559) that succeeded. */
    static byte[] receipt(Object... logs) {
        var body = Rlp.encode(List.of(new byte[] {1}, Rlp.integer(21_000), new byte[256], List.of(logs)));
        return concat(new byte[] {2}, body);
    }

    static Object log(String address, String signature, List<byte[]> indexed, Object... values) {
        var topics = new ArrayList<Object>();
        topics.add(Events.topic(signature));
        topics.addAll(indexed);
        return List.of(HexFormat.of().parseHex(address.substring(2)), topics, abi(values));
    }

    static byte[] word(long value) {
        return word(Rlp.integer(value));
    }

    static byte[] word(String hex) {
        return word(HexFormat.of().parseHex(hex.startsWith("0x") ? hex.substring(2) : hex));
    }

    private static byte[] word(byte[] bytes) {
        var word = new byte[32];
        System.arraycopy(bytes, 0, word, 32 - bytes.length, bytes.length);
        return word;
    }

    /** ABI: byte[] is a word of its own, Long a number, String a dynamic text. */
    private static byte[] abi(Object... values) {
        var head = new ByteArrayOutputStream();
        var tail = new ByteArrayOutputStream();
        for (var value : values) {
            if (value instanceof String text) {
                var bytes = text.getBytes(StandardCharsets.UTF_8);
                head.writeBytes(word(32L * values.length + tail.size()));
                tail.writeBytes(word(bytes.length));
                tail.writeBytes(Arrays.copyOf(bytes, (bytes.length + 31) / 32 * 32));
            } else {
                head.writeBytes(value instanceof Long n ? word(n) : (byte[]) value);
            }
        }
        return concat(head.toByteArray(), tail.toByteArray());
    }

    static byte[] header(byte[] receiptsRoot, long number, BigInteger key) {
        var fields = new ArrayList<Object>(List.of(new byte[32], new byte[32], new byte[20], new byte[32], new byte[32], receiptsRoot, new byte[256], Rlp.integer(1), Rlp.integer(number),
                Rlp.integer(30_000_000), Rlp.integer(21_000), Rlp.integer(1_583_020_800L + number), new byte[32], new byte[32], new byte[8], Rlp.integer(7)));
        if (key != null) fields.set(12, concat(new byte[32], sign(Keccak256.hash(Rlp.encode(fields)), key)));
        return Rlp.encode(fields);
    }

    /** r ‖ s ‖ v, low s; the nonce is made of key and hash, which is enough for a test. */
    static byte[] sign(byte[] hash, BigInteger key) {
        var n = Secp256k1.N;
        var k = new BigInteger(1, Keccak256.hash(concat(hash, key.toByteArray()))).mod(n);
        var point = Secp256k1.multiply(Secp256k1.G, k);
        var r = point.x().mod(n);
        var s = k.modInverse(n).multiply(new BigInteger(1, hash).add(r.multiply(key))).mod(n);
        boolean odd = point.y().testBit(0);
        if (s.compareTo(n.shiftRight(1)) > 0) {
            s = n.subtract(s);
            odd = !odd;
        }
        return concat(word(r.toString(16).length() % 2 == 0 ? r.toString(16) : "0" + r.toString(16)), word(s.toString(16).length() % 2 == 0 ? s.toString(16) : "0" + s.toString(16)), new byte[] {(byte) (odd ? 1 : 0)});
    }

    /** Node of the trie over all values, whose paths agree in the first {@code depth} nibbles. */
    private static List<Object> node(TreeMap<String, byte[]> values, int depth) {
        if (values.size() == 1) return List.of(compact(values.firstKey().substring(depth), true), values.firstEntry().getValue());
        int common = depth;
        while (values.firstKey().charAt(common) == values.lastKey().charAt(common)) common++;
        if (common > depth) return List.of(compact(values.firstKey().substring(depth, common), false), reference(node(values, common)));
        var branch = new ArrayList<Object>();
        for (char c : "0123456789abcdef".toCharArray()) {
            var below = new TreeMap<String, byte[]>();
            values.forEach((path, value) -> {
                if (path.charAt(depth) == c) below.put(path, value);
            });
            branch.add(below.isEmpty() ? new byte[0] : reference(node(below, depth + 1)));
        }
        branch.add(new byte[0]);
        return branch;
    }


    private static Object reference(List<Object> node) {
        BELOW.put(hex(Keccak256.hash(Rlp.encode(node))), node);
        var encoded = Rlp.encode(node);
        return encoded.length < 32 ? node : Keccak256.hash(encoded);
    }

    private static final Map<String, List<Object>> BELOW = new java.util.concurrent.ConcurrentHashMap<>();

    private static void path(Object item, String path, List<Object> out, boolean named) {
        var node = item instanceof byte[] hash ? BELOW.get(hex(hash)) : Rlp.list(item, "node");
        if (named) out.add(hex(Rlp.encode(node)));
        if (node.size() == 17) {
            var next = node.get(Character.digit(path.charAt(0), 16));
            path(next, path.substring(1), out, next instanceof byte[]);
        } else if (((byte[]) node.get(0))[0] >> 4 < 2) {
            var key = (byte[]) node.get(0);
            int length = 2 * key.length - ((key[0] >> 4 & 1) == 1 ? 1 : 2);
            path(node.get(1), path.substring(length), out, node.get(1) instanceof byte[]);
        }
    }

    private static byte[] compact(String nibbles, boolean leaf) {
        int flag = leaf ? 2 : 0;
        return HexFormat.of().parseHex(nibbles.length() % 2 == 1 ? Integer.toHexString(flag + 1) + nibbles : flag + "0" + nibbles);
    }

    private static String nibbles(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static String hex(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }

    static byte[] concat(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) out.writeBytes(part);
        return out.toByteArray();
    }
}
