package org.carbomt.platform.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import org.carbomt.api.CarboException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileVaultTest {
    @TempDir
    Path folder;

    private FileVault vault() {
        return new FileVault(folder.resolve("vault/master.key"), new SecureRandom());
    }

    @Test
    void opensWhatItSealedAlsoAfterARestart() throws Exception {
        var sealed = vault().seal("radio key".getBytes(), "device/a");
        assertArrayEquals("radio key".getBytes(), vault().open(sealed, "device/a"));
        assertEquals("rw-------", java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("vault/master.key"))));
    }

    @Test
    void refusesAnotherContextAndEveryChangedByte() {
        var vault = vault();
        var sealed = vault.seal("radio key".getBytes(), "device/a");
        assertThrows(CarboException.class, () -> vault.open(sealed, "device/b"));
        for (int i = 0; i < sealed.length; i++) {
            var changed = sealed.clone();
            changed[i] ^= 1;
            assertThrows(CarboException.class, () -> vault.open(changed, "device/a"), "byte " + i);
        }
        assertThrows(CarboException.class, () -> vault.open(new byte[3], "device/a"));
    }

    @Test
    void sealsTheSameSecretDifferentlyEachTime() {
        var vault = vault();
        assertFalse(Arrays.equals(vault.seal(new byte[16], "x"), vault.seal(new byte[16], "x")));
    }
}
