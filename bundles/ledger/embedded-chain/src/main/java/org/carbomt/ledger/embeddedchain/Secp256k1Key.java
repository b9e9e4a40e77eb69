package org.carbomt.ledger.embeddedchain;

import io.horizen.evm.Address;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;

/** The validator's key. Signs by RFC 6979 (no randomness), low s. Thread safe. */
final class Secp256k1Key {
    private final BigInteger secret;
    private final Address address;

    Secp256k1Key(BigInteger secret) {
        if (secret.signum() <= 0 || secret.compareTo(Signatures.N) >= 0) throw new IllegalArgumentException("secp256k1 key out of range");
        this.secret = secret;
        byte[] point = Signatures.DOMAIN.getG().multiply(secret).normalize().getEncoded(false);
        this.address = Signatures.address(point);
    }

    /** Reads the key of that file (64 hex digits), or makes one there, mode 0600, forced to disk before it is used. */
    static Secp256k1Key at(Path file, SecureRandom random) throws IOException {
        if (!Files.exists(file)) {
            BigInteger secret;
            do secret = new BigInteger(256, random);
            while (secret.signum() == 0 || secret.compareTo(Signatures.N) >= 0);
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(HexFormat.of().formatHex(Signatures.word(secret)).getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            BlockLog.forceFolder(file.toAbsolutePath().getParent());
        }
        String text = Files.readString(file).strip();
        if (!text.matches("[0-9a-fA-F]{64}")) throw new IOException("validator key " + file + " must hold 64 hex digits");
        return new Secp256k1Key(new BigInteger(text, 16));
    }

    Address address() {
        return address;
    }

    /** r ‖ s ‖ recovery id (0 or 1) of a 32-byte hash. */
    byte[] sign(byte[] hash) {
        var signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(secret, Signatures.DOMAIN));
        BigInteger[] rs = signer.generateSignature(hash);
        BigInteger s = rs[1].compareTo(Signatures.HALF_N) > 0 ? Signatures.N.subtract(rs[1]) : rs[1];
        for (int id = 0; id < 2; id++) {
            if (address.equals(Signatures.recover(hash, rs[0], s, id))) return Rlp.concat(Signatures.word(rs[0]), Signatures.word(s), new byte[] {(byte) id});
        }
        throw new IllegalStateException("signature does not recover to its signer");
    }
}
