package org.carbomt.ledger.embeddedchain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Random;
import org.carbomt.ledger.evm.Natives;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignaturesTest {
    @Test
    void libsecp256k1AndJavaRecoverTheSameSigner() {
        assertTrue(Natives.secp256k1().isPresent(), "libsecp256k1 must load here, or the two would be one");
        var random = new Random(1);
        for (int i = 0; i < 200; i++) {
            var key = new Secp256k1Key(new BigInteger(255, random).add(BigInteger.ONE));
            byte[] hash = new byte[32];
            random.nextBytes(hash);
            byte[] signature = key.sign(hash);
            BigInteger r = new BigInteger(1, signature, 0, 32);
            BigInteger s = new BigInteger(1, signature, 32, 32);
            assertEquals(key.address(), Signatures.recover(hash, r, s, signature[64]));
            assertEquals(key.address(), Signatures.recoverInJava(hash, r, s, signature[64]));
            assertEquals(Signatures.recover(hash, r, s, 1 - signature[64]), Signatures.recoverInJava(hash, r, s, 1 - signature[64]));
        }
    }

    @Test
    void neitherTakesWhatIsOutOfRange() {
        byte[] hash = new byte[32];
        BigInteger one = BigInteger.ONE;
        for (BigInteger[] rs : new BigInteger[][] {{BigInteger.ZERO, one}, {one, BigInteger.ZERO}, {Signatures.N, one}, {one, Signatures.N}, {BigInteger.TWO.pow(256).subtract(one), one}}) {
            assertThrows(IllegalArgumentException.class, () -> Signatures.recover(hash, rs[0], rs[1], 0));
            assertThrows(IllegalArgumentException.class, () -> Signatures.recoverInJava(hash, rs[0], rs[1], 0));
        }
        BigInteger noPoint = BigInteger.valueOf(5); // 5³ + 7 is no square modulo p
        assertThrows(IllegalArgumentException.class, () -> Signatures.recover(hash, noPoint, one, 0));
        assertThrows(IllegalArgumentException.class, () -> Signatures.recoverInJava(hash, noPoint, one, 0));
    }

    @Test
    void theValidatorsKeyIsMadeOnceAndReadableByNobodyElse(@TempDir Path folder) throws IOException {
        var file = folder.resolve("validator.key");
        var made = Secp256k1Key.at(file, new SecureRandom());
        assertEquals(made.address(), Secp256k1Key.at(file, new SecureRandom()).address());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        Files.writeString(file, "abc");
        assertThrows(IOException.class, () -> Secp256k1Key.at(file, new SecureRandom()));
    }
}
