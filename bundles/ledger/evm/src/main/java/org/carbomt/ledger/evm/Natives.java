package org.carbomt.ledger.evm;

import fr.acinq.secp256k1.Secp256k1CFunctions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The native libraries of this bundle: where they are unpacked, and the secp256k1 context.
 *
 * <p>libevm is loaded by JNA at its first use; {@link #unpackUnder} must run before, else it goes to JNA's own cache. Thread safe.
 */
public final class Natives {
    private static final String SECP256K1 = "/fr/acinq/secp256k1/jni/native/linux-x86_64/libsecp256k1-jni.so";
    private static Path folder;
    private static long context;

    private Natives() {}

    /**
     * Says under which folder libraries are unpacked, so that nothing is left in the user's cache. What an earlier process left there is
     * removed. The first call counts; later ones change nothing.
     */
    public static synchronized void unpackUnder(Path target) {
        if (folder != null) return;
        try {
            Files.createDirectories(target);
            try (var old = Files.list(target)) {
                for (Path file : old.toList()) if (Files.isRegularFile(file)) Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("folder for native libraries " + target + " cannot be written", e);
        }
        System.setProperty("jna.tmpdir", target.toString());
        folder = target;
    }

    /**
     * Context of libsecp256k1 for the functions of {@link Secp256k1CFunctions}; empty where the library does not load (another platform), and
     * the caller uses a Java implementation.
     */
    public static synchronized OptionalLong secp256k1() {
        if (context == 0) context = load();
        return context < 0 ? OptionalLong.empty() : OptionalLong.of(context);
    }

    private static long load() {
        try (var in = Natives.class.getResourceAsStream(SECP256K1)) {
            if (in == null) return -1;
            Path file = folder != null ? Files.createTempFile(folder, "libsecp256k1-jni", ".so") : Files.createTempFile("libsecp256k1-jni", ".so");
            Files.write(file, in.readAllBytes());
            System.load(file.toString());
            Files.delete(file); // stays mapped
            return Secp256k1CFunctions.secp256k1_context_create(Secp256k1CFunctions.SECP256K1_CONTEXT_SIGN | Secp256k1CFunctions.SECP256K1_CONTEXT_VERIFY);
        } catch (IOException | UnsatisfiedLinkError e) {
            System.getLogger(Natives.class.getName()).log(System.Logger.Level.WARNING, "libsecp256k1 not loaded, signatures are checked in Java: " + e);
            return -1;
        }
    }
}
