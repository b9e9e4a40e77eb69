package org.carbomt.ledger.embeddedchain;

import fr.acinq.secp256k1.Secp256k1CFunctions;
import fr.acinq.secp256k1.Secp256k1Exception;
import io.horizen.evm.Address;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.OptionalLong;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.custom.sec.SecP256K1Curve;
import org.carbomt.ledger.evm.Natives;

/** Recovers who signed (SEC 1, 4.1.6): libsecp256k1 where it loads, else BouncyCastle with the same answers. Thread safe. */
final class Signatures {
    /** SEC 2, 2.4.1. */
    private static final ECCurve CURVE = new SecP256K1Curve();
    static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE, CURVE.createPoint(new BigInteger("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", 16),
            new BigInteger("483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8", 16)), CURVE.getOrder(), CURVE.getCofactor());
    static final BigInteger N = CURVE.getOrder();
    static final BigInteger HALF_N = N.shiftRight(1);
    private static final BigInteger P = CURVE.getField().getCharacteristic();

    private Signatures() {}

    private static final class Native {
        static final OptionalLong CONTEXT = Natives.secp256k1();
    }

    /** @throws IllegalArgumentException "invalid signature" in go-ethereum's words */
    static Address recover(byte[] hash, BigInteger r, BigInteger s, int recoveryId) {
        if (Native.CONTEXT.isEmpty()) return recoverInJava(hash, r, s, recoveryId);
        requireInRange(r, s, recoveryId);
        try {
            return address(Secp256k1CFunctions.secp256k1_ecdsa_recover(Native.CONTEXT.getAsLong(), Rlp.concat(word(r), word(s)), hash, recoveryId));
        } catch (Secp256k1Exception e) {
            throw new IllegalArgumentException("invalid signature", e);
        }
    }

    static Address recoverInJava(byte[] hash, BigInteger r, BigInteger s, int recoveryId) {
        requireInRange(r, s, recoveryId);
        if (r.compareTo(P) >= 0) throw new IllegalArgumentException("invalid signature");
        ECPoint point;
        try {
            point = CURVE.decodePoint(Rlp.concat(new byte[] {(byte) (2 + recoveryId)}, word(r)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("invalid signature", e);
        }
        BigInteger inverse = r.modInverse(N);
        BigInteger u1 = N.subtract(new BigInteger(1, hash).mod(N)).multiply(inverse).mod(N);
        BigInteger u2 = s.multiply(inverse).mod(N);
        ECPoint key = ECAlgorithms.sumOfTwoMultiplies(DOMAIN.getG(), u1, point, u2).normalize();
        if (key.isInfinity()) throw new IllegalArgumentException("invalid signature");
        return address(key.getEncoded(false));
    }

    private static void requireInRange(BigInteger r, BigInteger s, int recoveryId) {
        if (r.signum() <= 0 || s.signum() <= 0 || r.compareTo(N) >= 0 || s.compareTo(N) >= 0 || recoveryId < 0 || recoveryId > 1) {
            throw new IllegalArgumentException("invalid transaction v, r, s values");
        }
    }

    /** @param point 65 bytes, uncompressed */
    static Address address(byte[] point) {
        return new Address(Arrays.copyOfRange(Keccak256.hash(Arrays.copyOfRange(point, 1, 65)), 12, 32));
    }

    /** 32 bytes, big-endian. */
    static byte[] word(BigInteger number) {
        byte[] minimal = Rlp.minimal(number);
        byte[] word = new byte[32];
        System.arraycopy(minimal, 0, word, 32 - minimal.length, minimal.length);
        return word;
    }
}
