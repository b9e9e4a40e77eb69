package org.carbomt.ledger.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.identity.Vault;

/** A vault with a fixed master key: what is sealed carries a nonce made from a counter. */
final class MemoryVault implements Vault {
    private final byte[] master = new byte[32];
    private int counter;

    MemoryVault(int seed) {
        Arrays.fill(master, (byte) seed);
    }

    @Override
    public synchronized byte[] seal(byte[] secret, String context) {
        var nonce = new byte[12];
        nonce[0] = (byte) ++counter;
        nonce[1] = (byte) (counter >> 8);
        var sealed = AesGcm.seal(master, nonce, context.getBytes(StandardCharsets.UTF_8), secret);
        var all = Arrays.copyOf(nonce, 12 + sealed.length);
        System.arraycopy(sealed, 0, all, 12, sealed.length);
        return all;
    }

    @Override
    public byte[] open(byte[] sealed, String context) {
        try {
            return AesGcm.open(master, Arrays.copyOf(sealed, 12), context.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(sealed, 12, sealed.length));
        } catch (AEADBadTagException e) {
            throw new CarboException(new Problem("vault.changed", "", "", "what this vault sealed"), e);
        }
    }
}
