package org.carbomt.ledger.evidence;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM of NIST SP 800-38D: 256-bit key, 96-bit nonce, 128-bit tag at the end of the ciphertext. Stateless. */
final class AesGcm {
    static final int KEY = 32;
    static final int NONCE = 12;
    static final int TAG = 16;

    private AesGcm() {}

    /** @return ciphertext ‖ tag */
    static byte[] seal(byte[] key, byte[] nonce, byte[] associated, byte[] plain) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, key, nonce, associated).doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/GCM/NoPadding is required of every Java platform", e);
        }
    }

    /** @throws AEADBadTagException when key, nonce, associated data or ciphertext are not those it was sealed with */
    static byte[] open(byte[] key, byte[] nonce, byte[] associated, byte[] sealed) throws AEADBadTagException {
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, associated).doFinal(sealed);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/GCM/NoPadding is required of every Java platform", e);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] associated) throws GeneralSecurityException {
        if (key.length != KEY) throw new IllegalArgumentException("AES key: " + key.length + " bytes, expected 32");
        if (nonce.length != NONCE) throw new IllegalArgumentException("GCM nonce: " + nonce.length + " bytes, expected 12");
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * TAG, nonce));
        cipher.updateAAD(associated);
        return cipher;
    }
}
