package org.carbomt.platform.identity;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.identity.Vault;

/**
 * AES-256-GCM (NIST SP 800-38D) under a master key that lies in a file of mode 0600, made at first start. A sealed secret is version (1 byte, 1) ‖
 * nonce (12 bytes, random) ‖ ciphertext and tag (16 bytes); the context is associated data. Any thread.
 */
final class FileVault implements Vault {
    private static final byte VERSION = 1;
    private static final int NONCE = 12;
    private final SecretKeySpec key;
    private final SecureRandom random;

    FileVault(Path keyFile, SecureRandom random) {
        this.random = random;
        try {
            key = new SecretKeySpec(masterKey(keyFile), "AES");
        } catch (IOException e) {
            throw new CarboException.Unavailable(new Problem("vault.key", "file", keyFile.getFileName().toString(), "a readable file of 32 bytes: " + e.getMessage()), e);
        }
    }

    private byte[] masterKey(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createDirectories(file.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            var fresh = new byte[32];
            random.nextBytes(fresh);
            var half = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(half);
            Files.createFile(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (var channel = FileChannel.open(half, StandardOpenOption.WRITE)) {
                channel.write(java.nio.ByteBuffer.wrap(fresh));
                channel.force(true);
            }
            try {
                Files.createLink(file, half); // fails when another made the key meanwhile: a key is never replaced
            } catch (FileAlreadyExistsException e) {
                Arrays.fill(fresh, (byte) 0);
            }
            Files.delete(half);
        }
        var bytes = Files.readAllBytes(file);
        if (bytes.length != 32) throw new IOException("it has " + bytes.length + " bytes");
        return bytes;
    }

    @Override
    public byte[] seal(byte[] secret, String context) {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(secret);
            var out = new byte[1 + NONCE + sealed.length];
            out[0] = VERSION;
            System.arraycopy(nonce, 0, out, 1, NONCE);
            System.arraycopy(sealed, 0, out, 1 + NONCE, sealed.length);
            return out;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM is required of every Java platform", e);
        }
    }

    @Override
    public byte[] open(byte[] sealed, String context) {
        if (sealed.length < 1 + NONCE + 16 || sealed[0] != VERSION) throw damaged(context, null);
        try {
            return cipher(Cipher.DECRYPT_MODE, Arrays.copyOfRange(sealed, 1, 1 + NONCE), context).doFinal(sealed, 1 + NONCE, sealed.length - 1 - NONCE);
        } catch (AEADBadTagException e) {
            throw damaged(context, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM is required of every Java platform", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String context) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(128, nonce));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static CarboException damaged(String context, Exception cause) {
        return new CarboException(new Problem("vault.damaged", "context", context, "a secret sealed by this container's vault for this context"), cause);
    }
}
