package org.carbomt.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** What the people and devices of the demonstration keep for themselves: access keys, secrets, the verifier's P-256 key. Files of mode 0600. */
public final class Keys {
    private final Path folder;

    public Keys(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Optional<String> find(String name) {
        try {
            return Files.exists(folder.resolve(name)) ? Optional.of(Files.readString(folder.resolve(name)).strip()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String keep(String name, String secret) {
        try {
            var file = folder.resolve(name);
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, secret, StandardCharsets.UTF_8);
            return secret;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 16 random bytes, hexadecimal. */
    public String radioKey(String name) {
        return find(name).orElseGet(() -> {
            var bytes = new byte[16];
            new SecureRandom().nextBytes(bytes);
            return keep(name, HexFormat.of().formatHex(bytes));
        });
    }

    /** The verifier's public key (X.509 DER, base64); the pair is made once. */
    public String verifierPublicKey() {
        return find("verifier.public").orElseGet(() -> {
            try {
                var generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec("secp256r1"));
                var pair = generator.generateKeyPair();
                keep("verifier.private", Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
                return keep("verifier.public", Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** ECDSA P-256 with SHA-256 over the statement, DER, base64: signed where the verifier sits, the key never leaves. */
    public String sign(String statement) {
        try {
            PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(find("verifier.private").orElseThrow())));
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(statement.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
