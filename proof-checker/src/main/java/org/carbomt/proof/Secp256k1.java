package org.carbomt.proof;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Whose key signed: recovery of the public key from an ECDSA signature on secp256k1 (SEC 1, 4.1.6). Only ever given public values, so it
 * need not run in constant time.
 */
final class Secp256k1 {
    static final BigInteger P = new BigInteger("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f", 16);
    static final BigInteger N = new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
    static final Point G = new Point(
            new BigInteger("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", 16),
            new BigInteger("483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8", 16));
    private static final BigInteger SEVEN = BigInteger.valueOf(7);
    private static final BigInteger THREE = BigInteger.valueOf(3);

    private Secp256k1() {}

    /** A point in affine form; null is the point at infinity. */
    record Point(BigInteger x, BigInteger y) {}

    /**
     * @param seal r (32) ‖ s (32) ‖ v, v being 0, 1, 27 or 28
     * @return the signer's address, 0x and 40 lower-case digits
     */
    static String signer(byte[] hash, byte[] seal) {
        Broken.unless(seal.length == 65, "a seal has 65 bytes, this one %d", seal.length);
        var r = new BigInteger(1, Arrays.copyOf(seal, 32));
        var s = new BigInteger(1, Arrays.copyOfRange(seal, 32, 64));
        int v = seal[64] >= 27 ? seal[64] - 27 : seal[64];
        Broken.unless(v == 0 || v == 1, "the seal's recovery id is %d, expected 0 or 1", seal[64]);
        Broken.unless(inRange(r) && inRange(s) && s.compareTo(N.shiftRight(1)) <= 0, "the seal's r or s is out of range");
        var ySquared = r.modPow(THREE, P).add(SEVEN).mod(P);
        var y = ySquared.modPow(P.add(BigInteger.ONE).shiftRight(2), P);
        Broken.unless(y.modPow(BigInteger.TWO, P).equals(ySquared), "the seal's r is no point of the curve");
        if (y.testBit(0) != (v == 1)) y = P.subtract(y);
        var inverse = r.modInverse(N);
        var e = new BigInteger(1, hash);
        var key = add(multiply(G, e.negate().multiply(inverse).mod(N)), multiply(new Point(r, y), s.multiply(inverse).mod(N)));
        Broken.unless(key != null, "the seal recovers no key");
        return address(key);
    }

    static String address(Point key) {
        var bytes = new byte[64];
        put(key.x(), bytes, 0);
        put(key.y(), bytes, 32);
        return "0x" + HexFormat.of().formatHex(Keccak256.hash(bytes), 12, 32);
    }

    static Point multiply(Point point, BigInteger scalar) {
        Point result = null;
        for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
            result = add(result, result);
            if (scalar.testBit(bit)) result = add(result, point);
        }
        return result;
    }

    private static Point add(Point a, Point b) {
        if (a == null) return b;
        if (b == null) return a;
        BigInteger slope;
        if (a.x().equals(b.x())) {
            if (!a.y().equals(b.y()) || a.y().signum() == 0) return null;
            slope = a.x().pow(2).multiply(THREE).multiply(a.y().shiftLeft(1).modInverse(P)).mod(P);
        } else {
            slope = b.y().subtract(a.y()).multiply(b.x().subtract(a.x()).modInverse(P)).mod(P);
        }
        var x = slope.pow(2).subtract(a.x()).subtract(b.x()).mod(P);
        return new Point(x, slope.multiply(a.x().subtract(x)).subtract(a.y()).mod(P));
    }

    private static boolean inRange(BigInteger value) {
        return value.signum() > 0 && value.compareTo(N) < 0;
    }

    private static void put(BigInteger value, byte[] target, int offset) {
        var bytes = value.toByteArray();
        int length = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - length, target, offset + 32 - length, length);
    }
}
